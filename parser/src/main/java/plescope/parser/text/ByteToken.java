package plescope.parser.text;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.misc.Interval;

/** A reusable token: a type and a byte range of the current line, without text of its own. */
final class ByteToken implements Token {
    private final LineBytes line;
    private int type;
    private int start;
    private int stop;

    ByteToken(LineBytes line) {
        this.line = line;
    }

    void set(int newType, int newStart, int newStop) {
        type = newType;
        start = newStart;
        stop = newStop;
    }

    @Override
    public String getText() {
        return line.getText(Interval.of(start, stop));
    }

    @Override
    public int getType() {
        return type;
    }

    @Override
    public int getLine() {
        return 1;
    }

    @Override
    public int getCharPositionInLine() {
        return start;
    }

    @Override
    public int getChannel() {
        return DEFAULT_CHANNEL;
    }

    @Override
    public int getTokenIndex() {
        return -1;
    }

    @Override
    public int getStartIndex() {
        return start;
    }

    @Override
    public int getStopIndex() {
        return stop;
    }

    @Override
    public TokenSource getTokenSource() {
        return null;
    }

    @Override
    public CharStream getInputStream() {
        return line;
    }
}
