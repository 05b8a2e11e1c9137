package plescope.parser.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import plescope.parser.grammar.EightBytes;

/**
 * Cuts a byte stream into lines over one reused buffer; CR before the newline and a missing last newline do not matter: a newline
 * stands behind every line.
 */
public final class LineSource {
    /** No event comes near it; perf's {@code # event} heads with many ids reach some tens of KiB. */
    public static final int MAX_LINE = 1 << 18;

    private static final int BUFFER = 4 * MAX_LINE;

    /** Read at once: what the cache still holds when its lines are parsed. */
    private static final int CHUNK = 1 << 16;

    /** The same for one of many logs, as of a host with a thousand CPUs. */
    static final int SMALL_CHUNK = 1 << 13;

    /** Bytes behind the last newline that may be looked at: lines are scanned eight bytes at a time. */
    static final int MARGIN = Long.BYTES;

    /** The newline that the last line may lack, and the margin. */
    static final int BEHIND = 1 + MARGIN;

    private final InputStream in;
    private final int chunk;
    /** One byte more than is read, for the newline that the last line may lack. */
    private byte[] buffer;

    private int lineStart;
    private int lineEnd;
    private int next;
    private int limit;
    private boolean ended;
    private boolean tooLong;
    /** Where a newline stands in the place of the CR that ended the line, -1 where none did. */
    private int carriageReturn = -1;

    public LineSource(InputStream in) {
        this(in, CHUNK);
    }

    /** @param chunk bytes to read at once */
    LineSource(InputStream in, int chunk) {
        this.in = in;
        this.chunk = chunk;
        buffer = new byte[2 * chunk + BEHIND];
    }

    /** The lines of bytes at hand, behind which {@link #BEHIND} bytes belong to this source; they are as before after the last. */
    LineSource(byte[] bytes, int length) {
        in = InputStream.nullInputStream();
        chunk = CHUNK;
        buffer = bytes;
        limit = length;
        ended = true;
    }

    /** Goes to the next line; false at the end of the input. */
    public boolean next() throws IOException {
        restore();
        lineStart = next;
        int scan = next;
        tooLong = false;
        while (true) {
            int newline = newline(scan);
            if (newline >= 0) {
                return line(newline, newline + 1);
            }
            // one byte more may be the CR of the longest line
            if (limit - lineStart > MAX_LINE + 1) {
                tooLong = true;
                next = lineStart + MAX_LINE;
                limit = next;
            }
            if (ended) {
                return limit > lineStart && line(limit, limit);
            }
            scan = limit;
            scan -= refill();
        }
    }

    private boolean line(int end, int after) {
        lineEnd = end;
        if (end > lineStart && buffer[end - 1] == '\r') {
            lineEnd = end - 1;
            carriageReturn = lineEnd;
        }
        if (lineEnd - lineStart > MAX_LINE) {
            tooLong = true;
            carriageReturn = -1;
            lineEnd = lineStart + MAX_LINE;
        } else {
            buffer[lineEnd] = '\n';
        }
        next = after;
        return true;
    }

    /** Undoes what was written over the line's end. */
    void restore() {
        if (carriageReturn >= 0) {
            buffer[carriageReturn] = '\r';
            carriageReturn = -1;
        }
    }

    private int newline(int from) {
        byte[] bytes = buffer;
        for (int i = from; i < limit; i += Long.BYTES) {
            long found = EightBytes.find(EightBytes.at(bytes, i), '\n');
            if (found != 0) {
                int at = i + EightBytes.first(found);
                return at < limit ? at : -1;
            }
        }
        return -1;
    }

    /** Moves the unfinished line to the front and reads on; returns by how much it moved. */
    private int refill() throws IOException {
        int moved = lineStart;
        if (moved > 0) {
            System.arraycopy(buffer, moved, buffer, 0, limit - moved);
        }
        limit -= moved;
        lineStart = 0;
        next = 0;
        int wanted = Math.min(chunk, BUFFER - limit);
        if (limit + wanted + BEHIND > buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, limit, wanted);
        if (read < 0) {
            ended = true;
        } else {
            limit += read;
        }
        return moved;
    }

    /** The buffer that holds the line, valid until the next call of {@link #next}. */
    public byte[] buffer() {
        return buffer;
    }

    public int start() {
        return lineStart;
    }

    public int end() {
        return lineEnd;
    }

    /** The line was longer than {@link #MAX_LINE}; only its beginning is shown. */
    public boolean isTooLong() {
        return tooLong;
    }
}
