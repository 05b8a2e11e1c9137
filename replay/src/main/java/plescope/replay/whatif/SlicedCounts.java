package plescope.replay.whatif;

import java.util.Arrays;

/**
 * Sums over time in a bounded number of equal slices, whose width doubles as the schedule grows: so that its beginning and end can be
 * left out afterwards, though its length is not known before.
 */
final class SlicedCounts {
    /** Slices kept; once a schedule is longer than all of them, between half and all are in use. */
    static final int SLICES = 128;

    private final int kinds;
    private final long[] sums;
    private int shift;

    /** @param kinds how many different things are counted */
    SlicedCounts(int kinds) {
        this.kinds = kinds;
        this.sums = new long[kinds * SLICES];
    }

    /** The width, as a power of two in nanoseconds, at which a schedule of that length fits. */
    static int shiftFor(long lengthNs) {
        long last = Math.max(0, lengthNs - 1);
        return Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(last) - Integer.numberOfTrailingZeros(SLICES));
    }

    /** What happened before the schedule's beginning counts as happening there. */
    void add(int kind, long timeNs, long amount) {
        long at = Math.max(0, timeNs);
        widen(at);
        sums[kind * SLICES + (int) (at >> shift)] += amount;
    }

    /** Spreads a stretch of time over the slices it lies in. */
    void addStretch(int kind, long startNs, long endNs) {
        long start = Math.max(0, startNs);
        if (endNs <= start) {
            return;
        }
        widen(endNs - 1);
        for (long from = start; from < endNs; ) {
            long slice = from >> shift;
            long to = Math.min(endNs, (slice + 1) << shift);
            sums[kind * SLICES + (int) slice] += to - from;
            from = to;
        }
    }

    private void widen(long timeNs) {
        while (timeNs >> shift >= SLICES) {
            fold();
        }
    }

    private void fold() {
        for (int kind = 0; kind < kinds; kind++) {
            int base = kind * SLICES;
            for (int i = 0; i < SLICES / 2; i++) {
                sums[base + i] = sums[base + 2 * i] + sums[base + 2 * i + 1];
            }
            Arrays.fill(sums, base + SLICES / 2, base + SLICES, 0);
        }
        shift++;
    }

    /** The width in use, as a power of two in nanoseconds. */
    int shift() {
        return shift;
    }

    /** The sum over slices {@code from} to {@code to} - 1 of the width {@code atShift}, which is at least as wide as any used so far. */
    long sum(int kind, int atShift, int from, int to) {
        while (shift < atShift) {
            fold();
        }
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += sums[kind * SLICES + i];
        }
        return sum;
    }
}
