/** From bytes to events: input and its compression, lines, tokens, and what the grammar's actions make of them. */
package plescope.parser.text;
