package plescope.replay.calibration;

import java.util.Arrays;

/** Durations of one kind, kept up to a bound: the first {@link #LIMIT} of a trace are as good as any for a median. */
final class DurationSample {
    static final int LIMIT = 1 << 16;

    private long[] values = new long[64];
    private int size;

    void add(long ns) {
        if (size == LIMIT || ns < 0) {
            return;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = ns;
    }

    int size() {
        return size;
    }

    /** The value below which {@code share} of the sample lies, or {@code fallback} where fewer than {@code minimum} were seen. */
    long quantile(double share, int minimum, long fallback) {
        if (size < Math.max(1, minimum)) {
            return fallback;
        }
        long[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(size - 1L, (long) (share * size))];
    }
}
