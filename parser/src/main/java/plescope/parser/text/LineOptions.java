package plescope.parser.text;

/**
 * What of a reader's options the lines themselves are read by.
 *
 * @param strict the first error ends the reading
 * @param reorderWindowNs lines at most this far out of order are sorted
 * @param clockHz ticks per second of a clock that prints whole numbers, 0 if it is not known
 * @param rejoin quotation marks are taken off and wrapped lines put together
 * @param compiled tokens are cut by the code made of the grammar, not by ANTLR's own lexer
 */
public record LineOptions(boolean strict, long reorderWindowNs, long clockHz, boolean rejoin, boolean compiled) {}
