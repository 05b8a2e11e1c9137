package plescope.parser.text;

/** Cuts the current line into tokens, one at a time and only when asked. */
interface LineLexer {
    /** Goes to a position of the line, in a mode of the grammar. */
    void restart(int mode, int position);

    /** The next token, EOF at the line's end. Tokens are reused: a line has few. */
    ByteToken next();

    /** The mode the next token is read in. */
    int mode();

    /** The furthest byte looked at for the token that began at {@code start} and was refused. */
    int stuckAt(int start);
}
