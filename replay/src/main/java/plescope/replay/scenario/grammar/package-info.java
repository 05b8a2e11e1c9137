/** The scenario language: its grammar under {@code src/main/antlr4} and the parser ANTLR makes of it. */
package plescope.replay.scenario.grammar;
