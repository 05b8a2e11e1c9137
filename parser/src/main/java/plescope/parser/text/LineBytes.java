package plescope.parser.text;

import java.nio.charset.StandardCharsets;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * One line as ANTLR's characters: bytes of a shared buffer, never copied. Positions count from the line's first byte.
 *
 * <p>Bytes stand for themselves (ISO-8859-1), because the tools align columns by bytes.
 */
public final class LineBytes implements CharStream {
    private byte[] buffer = new byte[0];
    private int start;
    private int length;
    private int position;
    private int furthest;
    private int tokenStart;

    /** Shows another line. */
    void set(byte[] bytes, int from, int to) {
        buffer = bytes;
        start = from;
        length = to - from;
        position = 0;
        furthest = 0;
    }

    /** The byte at a position of the line, 0..255. */
    int at(int index) {
        return buffer[start + index] & 0xff;
    }

    /** The buffer behind the line; a position p of the line is its element {@code offset() + p}. */
    byte[] buffer() {
        return buffer;
    }

    int offset() {
        return start;
    }

    /** The furthest byte the lexer looked at before it went back to a shorter token: where the line stopped making sense. */
    int furthest() {
        return furthest;
    }

    /** Goes back to a token that did not fit, to see how far it went. */
    void retry(int index) {
        position = index;
        furthest = index;
    }

    String text(int from, int to) {
        return new String(buffer, start + from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public void consume() {
        position++;
    }

    /**
     * The byte ahead. Within a token the line's end reads as a newline, because ANTLR caches what it learns about characters
     * but computes a transition on EOF anew each time.
     */
    @Override
    public int LA(int ahead) {
        int index = position + ahead - 1;
        if (index < length) {
            return buffer[start + index] & 0xff;
        }
        return tokenStart < length ? '\n' : IntStream.EOF;
    }

    /** The lexer marks where each token begins; nothing needs to be kept for it. */
    @Override
    public int mark() {
        tokenStart = position;
        return 0;
    }

    @Override
    public void release(int marker) {}

    @Override
    public int index() {
        return position;
    }

    @Override
    public void seek(int index) {
        if (position > furthest) {
            furthest = position;
        }
        position = index;
    }

    @Override
    public int size() {
        return length;
    }

    @Override
    public String getSourceName() {
        return IntStream.UNKNOWN_SOURCE_NAME;
    }

    @Override
    public String getText(Interval interval) {
        int to = Math.min(interval.b + 1, length);
        return interval.a >= to
                ? ""
                : new String(buffer, start + interval.a, to - interval.a, StandardCharsets.ISO_8859_1);
    }
}
