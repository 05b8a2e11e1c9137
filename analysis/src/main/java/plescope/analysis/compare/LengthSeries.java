package plescope.analysis.compare;

import java.util.Arrays;
import java.util.List;

/**
 * A quantile of lengths, compared by ratio. Lengths are kept as counts in bins of a sixteenth of a doubling, 4.4 percent wide, between
 * whose ends quantiles are interpolated.
 */
final class LengthSeries implements Series {
    /** Bins that reach 2^40 ns, 18 minutes; longer ones count there. */
    static final int BINS = 640;

    private static final double BINS_PER_DOUBLING = 16;
    private static final double NS_PER_US = 1000;

    private final double quantile;
    private final List<int[]> bins;
    private final List<int[]> counts;
    private final int[] scratch = new int[BINS];

    /**
     * A quantile of what some cells hold.
     *
     * @param bins per cell the numbers of bins that hold something
     * @param counts per cell how much each of them holds
     */
    LengthSeries(double quantile, List<int[]> bins, List<int[]> counts) {
        this.quantile = quantile;
        this.bins = List.copyOf(bins);
        this.counts = List.copyOf(counts);
    }

    /** All lengths of some series, by bin. */
    static long[] total(List<? extends Series> series) {
        long[] total = new long[BINS];
        for (Series one : series) {
            ((LengthSeries) one).addTo(total);
        }
        return total;
    }

    private void addTo(long[] total) {
        for (int cell = 0; cell < bins.size(); cell++) {
            for (int i = 0; i < bins.get(cell).length; i++) {
                total[bins.get(cell)[i]] += counts.get(cell)[i];
            }
        }
    }

    @Override
    public long events() {
        long events = 0;
        for (int[] of : counts) {
            for (int count : of) {
                events += count;
            }
        }
        return events;
    }

    @Override
    public double level(int[] weights) {
        Arrays.fill(scratch, 0);
        long all = 0;
        for (int cell = 0; cell < weights.length; cell++) {
            if (weights[cell] > 0) {
                int[] at = bins.get(cell);
                int[] count = counts.get(cell);
                for (int i = 0; i < at.length; i++) {
                    scratch[at[i]] += weights[cell] * count[i];
                    all += (long) weights[cell] * count[i];
                }
            }
        }
        return all == 0 ? Double.NaN : logQuantile(all);
    }

    /** Natural logarithm of the quantile in nanoseconds. */
    private double logQuantile(long all) {
        double rank = quantile * all;
        double below = 0;
        int bin = 0;
        while (below + scratch[bin] < rank || scratch[bin] == 0) {
            below += scratch[bin++];
        }
        return (bin + (rank - below) / scratch[bin]) / BINS_PER_DOUBLING * StrictMath.log(2);
    }

    @Override
    public double value() {
        int[] once = new int[bins.size()];
        Arrays.fill(once, 1);
        return StrictMath.exp(level(once)) / NS_PER_US;
    }

    @Override
    public double leastVariance() {
        return 0;
    }
}
