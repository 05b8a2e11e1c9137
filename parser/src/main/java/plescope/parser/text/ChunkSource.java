package plescope.parser.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
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
    private final Deque<byte[]> spare = new ArrayDeque<>();
    /** What was read behind the last chunk. */
    private byte[] rest = new byte[0];

    private long nextLine = 1;
    private boolean ended;
    private IOException unreadable;
    private RuntimeException refused;

    private byte[] chunk;
    private int length;
    /** Where the line begins that is not known to be whole. */
    private int lineStart;

    /** @param size bytes after which a chunk ends with the line at hand */
    ChunkSource(InputStream in, int size) {
        this.in = in;
        this.size = size;
    }

    /** Takes back the memory of a chunk that nobody reads any more. */
    void recycle(Chunk read) {
        spare.add(read.bytes());
    }

    /** The next lines, null at the end; what cannot be read is thrown when the lines before it are taken. */
    Chunk next() throws IOException {
        begin();
        int end = end();
        while (end < 0 && !ended) {
            refill();
            end = end();
        }
        boolean damaged = unreadable != null || refused != null;
        if (end < 0) {
            end = damaged ? lineStart : length;
        }
        if (end == 0 && damaged) {
            throwDamage();
        }
        rest = Arrays.copyOfRange(chunk, end, length);
        Chunk lines = new Chunk(chunk, end, nextLine);
        nextLine += count(chunk, 0, end);
        return end == 0 ? null : lines;
    }

    private void begin() {
        int needed = rest.length + size + READ + LineSource.BEHIND;
        chunk = spare.isEmpty() ? new byte[needed] : spare.remove();
        if (chunk.length < needed) {
            chunk = new byte[needed];
        }
        System.arraycopy(rest, 0, chunk, 0, rest.length);
        length = rest.length;
        lineStart = lastIndexOf(chunk, 0, length) + 1;
    }

    /** Where the line ends that the chunk ends with, -1 if that has not been read. */
    private int end() {
        if (lineStart < size) {
            return -1;
        }
        int newline = indexOf(chunk, size - 1, length);
        return newline + 1;
    }

    private void refill() {
        if (length + READ + LineSource.BEHIND > chunk.length) {
            chunk = Arrays.copyOf(chunk, 2 * chunk.length);
        }
        int read = -1;
        try {
            read = in.read(chunk, length, READ);
        } catch (IOException e) {
            unreadable = e;
        } catch (RuntimeException e) {
            refused = e;
        }
        ended = read < 0;
        int before = length;
        length += Math.max(read, 0);
        int last = lastIndexOf(chunk, before, length);
        if (last >= 0) {
            lineStart = last + 1;
        } else if (length - lineStart > LONGEST) {
            length = lineStart + LONGEST;
        }
    }

    private void throwDamage() throws IOException {
        if (unreadable != null) {
            throw unreadable;
        }
        throw refused;
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
