package plescope.replay.spin;

/**
 * How long one unit of PLE window takes: the lowest clear peak of guest run per window over PAUSE exits.
 *
 * <p>A run that ends in a PAUSE exit holds one full window of spinning at its end and useful work before it, so no run is
 * shorter than the window, runs of pure spin pile up at the window itself, and everything else lies above.
 */
final class UnitHistogram {
    /** Buckets per factor of two: each is 1.1 % wide, finer than the spread of real runs. */
    static final int PER_OCTAVE = 64;

    private static final int OCTAVES = 40;
    /** A peak sums this many neighbouring buckets (5 %), since short runs are only known to a microsecond. */
    private static final int PEAK = 5;
    /** Stalls and torn runs make single low outliers; a peak holds at least this share of all samples. */
    private static final double LEAST_SHARE = 0.03;
    /** Climbing stops where the next buckets, up to 8 % higher, bring no more. */
    private static final int LOOK_AHEAD = 7;

    private static final double[] BOUNDS = bounds();

    private final int[] buckets = new int[PER_OCTAVE * OCTAVES];
    private final long[] sums = new long[PER_OCTAVE * OCTAVES];
    private long samples;
    private long peakAtSamples;
    private long peakPicos;

    void add(long picosPerUnit) {
        if (picosPerUnit > 0) {
            int bucket = bucket(picosPerUnit);
            buckets[bucket]++;
            sums[bucket] += picosPerUnit;
            samples++;
        }
    }

    long samples() {
        return samples;
    }

    /** Picoseconds per unit, 0 without samples. Recomputed when the samples have grown by an eighth. */
    long unitPicos() {
        return peak();
    }

    /** The lowest clear peak, in the unit of the samples, 0 without samples. */
    long peak() {
        if (samples > peakAtSamples + peakAtSamples / 8) {
            peakAtSamples = samples;
            peakPicos = findPeak();
        }
        return peakPicos;
    }

    private long findPeak() {
        long least = Math.max(1, (long) (samples * LEAST_SHARE));
        int at = 0;
        while (at < buckets.length - PEAK && around(at) < least) {
            at++;
        }
        if (at >= buckets.length - PEAK) {
            return 0;
        }
        int best = at;
        for (int i = at + 1; i <= best + LOOK_AHEAD && i < buckets.length - PEAK; i++) {
            if (around(i) > around(best)) {
                best = i;
            }
        }
        return mean(best);
    }

    private long around(int from) {
        long sum = 0;
        for (int i = from; i < from + PEAK; i++) {
            sum += buckets[i];
        }
        return sum;
    }

    private long mean(int from) {
        long sum = 0;
        for (int i = from; i < from + PEAK; i++) {
            sum += sums[i];
        }
        return sum / around(from);
    }

    static int bucket(long picos) {
        int octave = 63 - Long.numberOfLeadingZeros(picos);
        double fraction = (double) picos / (1L << octave);
        // Logarithms curve: the bucket lies at most six above the first guess, and never below it.
        int within = (int) ((fraction - 1) * PER_OCTAVE);
        while (within + 1 < PER_OCTAVE && fraction >= BOUNDS[within + 1]) {
            within++;
        }
        return Math.min(PER_OCTAVE * OCTAVES - 1, octave * PER_OCTAVE + within);
    }

    /** Where each bucket of an octave begins: the least fraction in 1..2 whose logarithm reaches it. */
    private static double[] bounds() {
        double[] bounds = new double[PER_OCTAVE];
        for (int bucket = 0; bucket < PER_OCTAVE; bucket++) {
            long low = Double.doubleToLongBits(1);
            long high = Double.doubleToLongBits(2);
            while (low < high) {
                long mid = (low + high) >>> 1;
                if (logBucket(Double.longBitsToDouble(mid)) < bucket) {
                    low = mid + 1;
                } else {
                    high = mid;
                }
            }
            bounds[bucket] = Double.longBitsToDouble(low);
        }
        return bounds;
    }

    private static int logBucket(double fraction) {
        return (int) (StrictMath.log(fraction) / StrictMath.log(2) * PER_OCTAVE);
    }
}
