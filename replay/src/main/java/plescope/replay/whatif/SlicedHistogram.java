package plescope.replay.whatif;

import java.util.Arrays;

/**
 * A histogram of values in the time slices of {@link SlicedCounts}: values below 64 exactly, larger ones to 1/32. Only what was seen
 * takes memory.
 */
final class SlicedHistogram {
    /** Buckets of any long that is not negative. */
    static final int BUCKETS = 64 + 32 * 57;

    private static final int EXACT = 64;
    private static final int PER_OCTAVE = 32;
    private static final int FREE = -1;

    private int[] keys = new int[64];
    private long[] counts = new long[64];
    private int used;
    private int shift;

    SlicedHistogram() {
        Arrays.fill(keys, FREE);
    }

    void add(long timeNs, long value) {
        long at = Math.max(0, timeNs);
        while (at >> shift >= SlicedCounts.SLICES) {
            rebuild(keys.length, shift + 1);
        }
        put((int) (at >> shift) * BUCKETS + bucket(Math.max(0, value)), 1);
        if (used * 2 > keys.length) {
            rebuild(keys.length * 2, shift);
        }
    }

    private void put(int key, long count) {
        int mask = keys.length - 1;
        int slot = ((key * 0x9E3779B9) >>> 8) & mask;
        while (keys[slot] != FREE && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        if (keys[slot] == FREE) {
            keys[slot] = key;
            used++;
        }
        counts[slot] += count;
    }

    private void rebuild(int capacity, int newShift) {
        int[] oldKeys = keys;
        long[] oldCounts = counts;
        keys = new int[capacity];
        counts = new long[capacity];
        Arrays.fill(keys, FREE);
        used = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                int slice = (oldKeys[i] / BUCKETS) >> (newShift - shift);
                put(slice * BUCKETS + oldKeys[i] % BUCKETS, oldCounts[i]);
            }
        }
        shift = newShift;
    }

    /** The width in use, as a power of two in nanoseconds. */
    int shift() {
        return shift;
    }

    /** Adds the counts of slices {@code from} to {@code to} - 1, of the width {@code atShift}, to {@code totals} by bucket. */
    void addTo(long[] totals, int atShift, int from, int to) {
        if (shift < atShift) {
            rebuild(keys.length, atShift);
        }
        for (int i = 0; i < keys.length; i++) {
            int slice = keys[i] / BUCKETS;
            if (keys[i] != FREE && slice >= from && slice < to) {
                totals[keys[i] % BUCKETS] += counts[i];
            }
        }
    }

    static int bucket(long value) {
        if (value < EXACT) {
            return (int) value;
        }
        int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
        return EXACT + (octave - 6) * PER_OCTAVE + (int) (value >> (octave - 5)) - PER_OCTAVE;
    }

    /** The middle of a bucket. */
    static long middle(int bucket) {
        if (bucket < EXACT) {
            return bucket;
        }
        int octave = (bucket - EXACT) / PER_OCTAVE + 6;
        long low = (long) ((bucket - EXACT) % PER_OCTAVE + PER_OCTAVE) << (octave - 5);
        return low + (1L << (octave - 5)) / 2;
    }

    /** The least value that at least {@code share} of all reach or stay below (nearest rank), NaN where there are none. */
    static double quantile(long[] totals, double share) {
        long size = Arrays.stream(totals).sum();
        if (size == 0) {
            return Double.NaN;
        }
        long rank = Math.max(1, (long) StrictMath.ceil(share * size));
        long seen = 0;
        int bucket = -1;
        while (seen < rank) {
            seen += totals[++bucket];
        }
        return middle(bucket);
    }
}
