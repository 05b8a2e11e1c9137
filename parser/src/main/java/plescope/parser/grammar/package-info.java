/** The text formats: grammars under {@code src/main/antlr4}, the parser ANTLR makes of them, and what it calls. */
package plescope.parser.grammar;
