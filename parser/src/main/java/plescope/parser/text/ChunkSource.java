package plescope.parser.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import plescope.parser.grammar.EightBytes;

/** Cuts a text into chunks of whole lines, and counts them; of a line longer than any event only the beginning is kept. */
final class ChunkSource {
    /** As {@link LineSource} reads, so that a damaged compressed file breaks off at the same byte. */
    private static final int READ = 1 << 16;

    /** Enough of a line to see that it is too long, even if a CR ends it. */
    private static final int LONGEST = LineSource.MAX_LINE + 2;

    private static final long LOW_SEVEN_BITS = 0x7f7f7f7f7f7f7f7fL;
    private static final long NEWLINES = 0x0a0a0a0a0a0a0a0aL;

    private final InputStream in;
    private final int size;
    private final byte[] window = new byte[READ];
    private int from;
    private int to;
    private long nextLine = 1;

    private IOException unreadable;
    private RuntimeException refused;

    private byte[] chunk;
    private int length;
    private int lineStart;

    /** @param size bytes after which a chunk ends with the line at hand */
    ChunkSource(InputStream in, int size) {
        this.in = in;
        this.size = size;
    }

    /** The next lines, null at the end; what cannot be read is thrown when the lines before it are taken. */
    Chunk next() throws IOException {
        if (unreadable != null) {
            throw unreadable;
        }
        if (refused != null) {
            throw refused;
        }
        chunk = new byte[size + READ + LineSource.BEHIND];
        length = 0;
        lineStart = 0;
        long firstLine = nextLine;
        while (length < size || lineStart < length) {
            if (from == to && !refill()) {
                break;
            }
            take();
        }
        if (length == 0 && (unreadable != null || refused != null)) {
            return next();
        }
        return length == 0 ? null : new Chunk(chunk, length, firstLine);
    }

    private boolean refill() {
        from = 0;
        to = 0;
        try {
            to = Math.max(in.read(window, 0, READ), 0);
        } catch (IOException e) {
            unreadable = e;
            length = lineStart;
        } catch (RuntimeException e) {
            refused = e;
            length = lineStart;
        }
        return to > 0;
    }

    /** Takes from the window what the chunk lacks to its size, and then the rest of the line. */
    private void take() {
        int lacking = size - length;
        if (lacking > 0) {
            append(Math.min(to, from + lacking));
        } else {
            int newline = indexOf(window, from, to);
            append(newline < 0 ? to : newline + 1);
        }
    }

    private void append(int end) {
        if (length + end - from + LineSource.BEHIND > chunk.length) {
            chunk = Arrays.copyOf(chunk, 2 * (length + end - from + LineSource.BEHIND));
        }
        System.arraycopy(window, from, chunk, length, end - from);
        int before = length;
        length += end - from;
        from = end;
        int last = lastIndexOf(chunk, before, length);
        if (last >= 0) {
            nextLine += count(chunk, before, last + 1);
            lineStart = last + 1;
        } else if (length - lineStart > LONGEST) {
            length = lineStart + LONGEST;
        }
    }

    private static int indexOf(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static int lastIndexOf(byte[] bytes, int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** How many lines end within these bytes, eight at a time. */
    private static int count(byte[] bytes, int from, int to) {
        int lines = 0;
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long different = EightBytes.at(bytes, i) ^ NEWLINES;
            // the highest bit of each byte that is a newline, exactly: no carry leaves its byte
            long found = ~((different & LOW_SEVEN_BITS) + LOW_SEVEN_BITS | different | LOW_SEVEN_BITS);
            lines += Long.bitCount(found);
        }
        for (; i < to; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        return lines;
    }
}
