package plescope.replay.spin;

/**
 * Share of guest time that samples found in code of one sort, with its error.
 *
 * <p>Each sample counts by the time it stands for. Samples of one run on a pCPU tell much the same: the vCPU was in one wait. So the
 * error is that of a ratio of sums over runs, and the {@code effective} number of samples is how many independent ones would have
 * that error, at most Kish's number for unequal weights; where all agree it is that of the runs. The interval is Wilson's at
 * 95 %, which stays within 0..1 and is not empty where no sample, or every one, hits.
 *
 * @param samples host interrupts that count
 * @param hits those in such code
 * @param effective independent samples they are worth
 * @param counted the share as weighed
 * @param low lower end of the 95 % interval
 * @param likely the share with half a sample added on either side (Jeffreys): never 0 or 1
 * @param high upper end
 */
public record SpinShare(
        long samples, long hits, double effective, double counted, double low, double likely, double high) {
    /** Two-sided 95 % of the normal distribution. */
    private static final double Z = 1.96;

    /** Nothing sampled: anything may be. */
    public static final SpinShare UNKNOWN = new SpinShare(0, 0, 0, 0, 0, 0.5, 1);

    /** Fewer independent samples than this say nothing: at a share of one half the interval is still 44 points wide. */
    public static final int MIN_EFFECTIVE = 16;

    /** Whether the samples are worth enough. */
    public boolean known() {
        return effective >= MIN_EFFECTIVE;
    }

    /** Adds samples up, run by run. */
    static final class Counter {
        private long samples;
        private long hits;
        private long runs;
        private double weight;
        private double weightHit;
        private double squaredWeights;
        private double squaredRunWeights;
        private double squaredRunHits;
        private double runProducts;
        private double weightInRun;
        private double hitInRun;

        /** A sample that stands for {@code ns} of the current run. */
        void sample(long ns, boolean hit) {
            // Micros keep squares small; a sample at the very start of its run still counts a little.
            double micros = Math.max(1, ns) / 1000.0;
            samples++;
            hits += hit ? 1 : 0;
            squaredWeights += micros * micros;
            weightInRun += micros;
            hitInRun += hit ? micros : 0;
        }

        /** What follows is of another run. */
        void runEnds() {
            if (weightInRun > 0) {
                runs++;
                weight += weightInRun;
                weightHit += hitInRun;
                squaredRunWeights += weightInRun * weightInRun;
                squaredRunHits += hitInRun * hitInRun;
                runProducts += weightInRun * hitInRun;
            }
            weightInRun = 0;
            hitInRun = 0;
        }

        SpinShare share() {
            runEnds();
            if (samples == 0) {
                return UNKNOWN;
            }
            double share = weightHit / weight;
            double effective = effective(share);
            double spread = Z * Z / effective;
            double middle = (share + spread / 2) / (1 + spread);
            double half =
                    Z / (1 + spread) * StrictMath.sqrt(share * (1 - share) / effective + spread / (4 * effective));
            double likely = (share * effective + 0.5) / (effective + 1);
            return new SpinShare(
                    samples, hits, effective, share, Math.max(0, middle - half), likely, Math.min(1, middle + half));
        }

        private double effective(double share) {
            double scatter = squaredRunHits - 2 * share * runProducts + share * share * squaredRunWeights;
            double kish = weight * weight / squaredWeights;
            if (runs < 2 || hits == 0 || hits == samples) {
                return Math.min(kish, weight * weight / squaredRunWeights);
            }
            double variance = Math.max(0, scatter) * runs / (runs - 1) / (weight * weight);
            return Math.max(1, Math.min(kish, share * (1 - share) / variance));
        }
    }
}
