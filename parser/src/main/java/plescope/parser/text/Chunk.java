package plescope.parser.text;

/** Whole lines of a log, to be read by one thread at a time. */
final class Chunk {
    private final byte[] bytes;
    private final int length;
    private final long firstLine;

    /**
     * @param bytes the lines, and {@link LineSource#BEHIND} bytes for who reads them
     * @param firstLine number of the first line in the log
     */
    Chunk(byte[] bytes, int length, long firstLine) {
        this.bytes = bytes;
        this.length = length;
        this.firstLine = firstLine;
    }

    byte[] bytes() {
        return bytes;
    }

    long firstLine() {
        return firstLine;
    }

    LineSource lines() {
        return new LineSource(bytes, length);
    }

    /** The chunk's lines before the one of this number. */
    Chunk before(long line) {
        return new Chunk(bytes, offset(line), firstLine);
    }

    /** Where the line of this number begins. */
    private int offset(long line) {
        int at = 0;
        for (long number = firstLine; number < line; number++) {
            while (bytes[at++] != '\n') {
                // goes to the line's end
            }
        }
        return at;
    }

    /** The chunk's lines from the one of this number on. */
    Chunk from(long line) {
        int from = offset(line);
        int rest = length - from;
        byte[] copy = new byte[rest + LineSource.BEHIND];
        System.arraycopy(bytes, from, copy, 0, rest);
        return new Chunk(copy, rest, line);
    }
}
