package plescope.analysis.recording;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A part of a recording: {@code a,b} or {@code N%/K}, as perf's {@code --time} has it. Times without a unit are seconds of the log's
 * own clock, as the log prints them; with one ({@code ms}, {@code us}, {@code s}) they count from the first event.
 *
 * @param from null for the beginning
 * @param to null for the end
 * @param percent length of the part in percent of the whole, 0 where times are given
 * @param part which one of that length, from 1
 */
public record TimeWindow(Point from, Point to, int percent, int part) {
    /** Everything. */
    public static final TimeWindow ALL = new TimeWindow(null, null, 0, 0);

    private static final String FORMS =
            "--time takes times such as 100ms,1s or 812.4,812.9, or a part such as 10%/2; got '";

    /**
     * One end of a window.
     *
     * @param clock whether it is a reading of the log's clock
     */
    public record Point(long ns, boolean clock) {
        long fromStart(long firstTimestampNs) {
            return clock ? ns - firstTimestampNs : ns;
        }
    }

    /** A stretch of nanoseconds from the first event; {@code toNs} is not part of it. */
    public record Stretch(long fromNs, long toNs) {}

    /** Reads what a user writes. @throws IllegalArgumentException for what is no window */
    public static TimeWindow parse(String text) {
        int slash = text.indexOf("%/");
        if (slash > 0) {
            int percent = whole(text.substring(0, slash), text);
            int part = whole(text.substring(slash + 2), text);
            if (percent < 1 || percent > 100 || part < 1 || (long) percent * (part - 1) >= 100) {
                throw new IllegalArgumentException("--time " + text + " names no part of 100 %");
            }
            return new TimeWindow(null, null, percent, part);
        }
        int comma = text.indexOf(',');
        if (comma < 0) {
            throw new IllegalArgumentException(FORMS + text + "'");
        }
        return new TimeWindow(point(text.substring(0, comma), text), point(text.substring(comma + 1), text), 0, 0);
    }

    private static int whole(String number, String text) {
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(FORMS + text + "'", e);
        }
    }

    private static Point point(String time, String text) {
        if (time.isEmpty()) {
            return null;
        }
        int digits = time.length();
        while (digits > 0 && Character.isLetter(time.charAt(digits - 1))) {
            digits--;
        }
        int scale =
                switch (time.substring(digits)) {
                    case "", "s" -> 9;
                    case "ms" -> 6;
                    case "us" -> 3;
                    case "ns" -> 0;
                    default -> throw new IllegalArgumentException(FORMS + text + "'");
                };
        try {
            BigDecimal ns = new BigDecimal(time.substring(0, digits)).movePointRight(scale);
            return new Point(ns.setScale(0, RoundingMode.HALF_UP).longValueExact(), digits == time.length());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(FORMS + text + "'", e);
        }
    }

    public boolean isAll() {
        return equals(ALL);
    }

    /**
     * Where the window lies.
     *
     * @param spanNs length of the recording, {@link Long#MAX_VALUE} where it is not known yet
     * @throws IllegalArgumentException if it lies outside
     */
    public Stretch within(long firstTimestampNs, long spanNs) {
        if (percent > 0) {
            // Multiplied first, so that neighbouring parts touch.
            long start = Math.multiplyExact(spanNs, (part - 1L) * percent) / 100;
            long end = Math.multiplyExact(spanNs, Math.min(100L, (long) part * percent)) / 100;
            return new Stretch(start, end);
        }
        long start = from == null ? 0 : Math.max(0, from.fromStart(firstTimestampNs));
        long end = to == null ? spanNs : Math.min(spanNs, to.fromStart(firstTimestampNs));
        if (end <= start) {
            throw new IllegalArgumentException("nothing of the recording lies in the window of --time");
        }
        return new Stretch(start, end);
    }
}
