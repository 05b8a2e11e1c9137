package plescope.parser.text;

import java.util.Arrays;

/** An event that breaks off at its line's end: a mail program wrapped it, or the log ends here. It waits for the next line. */
final class UnfinishedLine {
    /** A line of 80 columns holds a fifth of the longest event. */
    private static final int MAX_PARTS = 8;

    private byte[] bytes = new byte[1024];
    private int length;
    private int parts;
    private long number;

    boolean isOpen() {
        return parts > 0;
    }

    /** No other line has been added to the first. */
    boolean isWhole() {
        return parts == 1;
    }

    boolean takesMore() {
        return parts < MAX_PARTS && length < LineSource.MAX_LINE;
    }

    /** The line's first part. */
    void begin(byte[] buffer, int from, int to, long lineNumber) {
        length = 0;
        parts = 0;
        number = lineNumber;
        append(buffer, from, to);
    }

    /** The next part: programs wrap at a blank, which goes, and may indent what follows. */
    void append(byte[] buffer, int from, int to) {
        int begin = from;
        if (parts > 0) {
            while (length > 0 && bytes[length - 1] == ' ') {
                length--;
            }
            while (begin < to && (buffer[begin] == ' ' || buffer[begin] == '\t')) {
                begin++;
            }
        }
        int added = to - begin;
        int needed = length + 1 + added + LineSource.BEHIND;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * needed);
        }
        if (parts > 0) {
            bytes[length++] = ' ';
        }
        System.arraycopy(buffer, begin, bytes, length, added);
        length += added;
        bytes[length] = '\n';
        parts++;
    }

    void close() {
        parts = 0;
    }

    /** The parts as one line, followed as {@link LineSource} does by a newline and a margin. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Number of the line that holds the first part. */
    long number() {
        return number;
    }
}
