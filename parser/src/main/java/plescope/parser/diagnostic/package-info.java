/** What was wrong with the input: coded, located, counted, printed with a caret. */
package plescope.parser.diagnostic;
