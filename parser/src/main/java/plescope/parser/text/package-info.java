/** From texts to events: the parts of a recording, lines, tokens, and what the grammar's actions make of them. */
package plescope.parser.text;
