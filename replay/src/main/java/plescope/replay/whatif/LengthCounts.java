package plescope.replay.whatif;

import java.util.Arrays;

/**
 * How often each length was seen. Memory grows with the number of different lengths alone, which {@link Meter} keeps below 1900: lengths
 * below 64 exactly, longer ones to 1/32.
 */
public final class LengthCounts {
    /** Nothing seen. */
    public static final LengthCounts NONE = new LengthCounts(new int[0], new long[0]);

    /** Ascending, each once. */
    private final int[] lengths;

    /** Above 0, in the same order. */
    private final long[] counts;

    private LengthCounts(int[] lengths, long[] counts) {
        this.lengths = lengths;
        this.counts = counts;
    }

    /** Counts lengths given one by one, in any order. */
    public static LengthCounts of(int... values) {
        int[] sorted = values.clone();
        Arrays.sort(sorted);
        int[] lengths = new int[sorted.length];
        long[] counts = new long[sorted.length];
        int size = 0;
        for (int value : sorted) {
            if (size == 0 || lengths[size - 1] != value) {
                lengths[size++] = value;
            }
            counts[size - 1]++;
        }
        return new LengthCounts(Arrays.copyOf(lengths, size), Arrays.copyOf(counts, size));
    }

    /** The counts of {@link SlicedHistogram}'s buckets, each bucket's by its middle. */
    static LengthCounts ofBuckets(long[] totals) {
        int[] lengths = new int[totals.length];
        long[] counts = new long[totals.length];
        int size = 0;
        for (int bucket = 0; bucket < totals.length; bucket++) {
            if (totals[bucket] > 0) {
                lengths[size] = (int) Math.min(Integer.MAX_VALUE, SlicedHistogram.middle(bucket));
                counts[size++] = totals[bucket];
            }
        }
        return new LengthCounts(Arrays.copyOf(lengths, size), Arrays.copyOf(counts, size));
    }

    /** Both together. */
    public LengthCounts and(LengthCounts other) {
        int[] all = new int[lengths.length + other.lengths.length];
        long[] sums = new long[all.length];
        int size = 0;
        for (int i = 0, j = 0; i < lengths.length || j < other.lengths.length; size++) {
            boolean mine = j == other.lengths.length || (i < lengths.length && lengths[i] <= other.lengths[j]);
            boolean theirs = i == lengths.length || (j < other.lengths.length && other.lengths[j] <= lengths[i]);
            all[size] = mine ? lengths[i] : other.lengths[j];
            sums[size] = (mine ? counts[i++] : 0) + (theirs ? other.counts[j++] : 0);
        }
        return new LengthCounts(Arrays.copyOf(all, size), Arrays.copyOf(sums, size));
    }

    /** How many different lengths there are. */
    public int different() {
        return lengths.length;
    }

    /** One of the different lengths, ascending. */
    public int length(int index) {
        return lengths[index];
    }

    /** How often that one was seen. */
    public long count(int index) {
        return counts[index];
    }

    /** How many were seen. */
    public long total() {
        return Arrays.stream(counts).sum();
    }

    /** NaN where none was seen. */
    public double mean() {
        double sum = 0;
        for (int i = 0; i < lengths.length; i++) {
            sum += (double) lengths[i] * counts[i];
        }
        return lengths.length == 0 ? Double.NaN : sum / total();
    }

    /** The least length that at least {@code share} of all reach or stay below (nearest rank), NaN where none was seen. */
    public double quantile(double share) {
        if (lengths.length == 0) {
            return Double.NaN;
        }
        long rank = Math.max(1, (long) StrictMath.ceil(share * total()));
        int at = 0;
        for (long seen = counts[0]; seen < rank; seen += counts[at]) {
            at++;
        }
        return lengths[at];
    }

    /** Every single one, ascending. */
    public int[] values() {
        int[] values = new int[Math.toIntExact(total())];
        int next = 0;
        for (int i = 0; i < lengths.length; i++) {
            int end = next + (int) counts[i];
            Arrays.fill(values, next, end, lengths[i]);
            next = end;
        }
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LengthCounts same
                && Arrays.equals(lengths, same.lengths)
                && Arrays.equals(counts, same.counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(lengths) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return Arrays.toString(lengths) + " seen " + Arrays.toString(counts) + " times";
    }
}
