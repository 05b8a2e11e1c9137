package plescope.parser;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import plescope.parser.diagnostic.UnusableInput;
import plescope.parser.input.TraceInput;

/**
 * Makes a long log of a short one: whole copies, each later than the one before by the same number of whole seconds, with counts that
 * are known beforehand. Only the digits of the seconds change from copy to copy, so that a stream of any length is written about as
 * fast as memory is copied.
 *
 * <p>Arguments: a log of {@code perf script} or ftrace, packed or not; the least number of lines; and a file for the counts, written
 * before the first line is. Lines without a time (heads, stack frames) are left out. The long log goes to standard output.
 */
public final class LogRepeater {
    /** The widest seconds that fit the column tools keep for them; every copy has as many. */
    private static final int DIGITS = 5;

    private static final int FIRST_SECOND = 10_000;
    private static final int LAST_SECOND = 99_999;

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final IntStream.Builder places = IntStream.builder();
    private final IntStream.Builder times = IntStream.builder();
    private LogCounts counts = new LogCounts(0, 0, 0);

    private LogRepeater() {}

    public static void main(String[] args) throws IOException {
        LogRepeater repeater = of(text(Path.of(args[0])));
        long copies = Math.max(1, -Math.floorDiv(-Long.parseLong(args[1]), repeater.counts.lines()));
        Files.writeString(Path.of(args[2]), repeater.counts.times(copies).json());
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            repeater.write(copies, out);
        }
    }

    /** Takes the lines of a log that have a time. */
    static LogRepeater of(byte[] log) throws IOException {
        LogRepeater repeater = new LogRepeater();
        repeater.take(log);
        if (repeater.counts.lines() == 0) {
            throw new IOException("no line of the log has a time in seconds");
        }
        return repeater;
    }

    /** What one copy holds. */
    LogCounts counts() {
        return counts;
    }

    private static byte[] text(Path log) throws IOException {
        try (InputStream in = TraceInput.text(Files.newInputStream(log), log.toString())) {
            return in.readAllBytes();
        } catch (UnusableInput e) {
            throw new IOException(e.diagnostic().message(), e);
        }
    }

    private void take(byte[] log) {
        int from = 0;
        for (int end = 0; end < log.length; end++) {
            if (log[end] == '\n') {
                takeLine(log, from, end);
                from = end + 1;
            }
        }
    }

    private void takeLine(byte[] log, int from, int end) {
        int dot = dotOfTime(log, from, end);
        if (dot < 0) {
            return;
        }
        int digits = dot;
        while (isDigit(log[digits - 1])) {
            digits--;
        }
        // The blanks before a short number make room for a long one; one blank stays.
        int head = digits;
        while (head > from + 1 && dot - head < DIGITS && log[head - 1] == ' ' && log[head - 2] == ' ') {
            head--;
        }
        text.write(log, from, head - from);
        places.add(text.size());
        times.add(Integer.parseInt(new String(log, digits, dot - digits, StandardCharsets.US_ASCII)));
        text.writeBytes(new byte[DIGITS]);
        text.write(log, dot, end + 1 - dot);
        counts = counts.with(log, from, end);
    }

    /** The dot of the line's first blank, digits, dot, digits, colon; -1 where there is none. */
    private static int dotOfTime(byte[] log, int from, int end) {
        for (int at = from + 1; at < end; at++) {
            if (log[at] != '.' || !isDigit(log[at - 1])) {
                continue;
            }
            int left = at - 1;
            while (left > from && isDigit(log[left])) {
                left--;
            }
            int right = at + 1;
            while (right < end && isDigit(log[right])) {
                right++;
            }
            if (log[left] == ' ' && right > at + 1 && right < end && log[right] == ':') {
                return at;
            }
        }
        return -1;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    /** Writes so many copies. */
    void write(long copies, OutputStream out) throws IOException {
        byte[] block = text.toByteArray();
        int[] at = places.build().toArray();
        int[] seconds = times.build().toArray();
        int first = Arrays.stream(seconds).min().orElseThrow();
        int period = Arrays.stream(seconds).max().orElseThrow() - first + 1;
        if (FIRST_SECOND + period * copies > LAST_SECOND) {
            throw new IOException(copies + " copies of " + period + " s each are later than the time column is wide");
        }
        for (int copy = 0; copy < copies; copy++) {
            for (int i = 0; i < at.length; i++) {
                writeDigits(block, at[i], FIRST_SECOND + copy * period + seconds[i] - first);
            }
            out.write(block);
        }
    }

    private static void writeDigits(byte[] block, int at, int value) {
        int rest = value;
        for (int i = at + DIGITS - 1; i >= at; i--) {
            block[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
