package plescope.replay.spin;

/**
 * A lock as far as a log shows one: a PAUSE loop of a VM. Learns, from wait to wait, whether it serves its waiters in the order
 * they came and how much work its holders have left when somebody waits.
 */
final class ContendedLock {
    /** Waits that count as seen in order before any was: most kernel spinlocks are fair. */
    private static final int FAIR_AT_FIRST = 4;

    /** Where orders begin to speak for a fair lock, and where they leave no doubt [I]; see docs/decisions/0008-culprits.md. */
    private static final double RACE_SHARE = 0.6;

    private static final double FAIR_SHARE = 0.8;

    /** Most critical sections are shorter than 2^12 cycles [POLICIES 6.3]. */
    private static final long FIRST_SCALE_NS = 2_000;

    private static final int FIRST_SCALE_WEIGHT = 4;

    final int number;
    private long pairs;
    private long inOrder;
    private long residuals;
    private long residualNs;

    ContendedLock(int number) {
        this.number = number;
    }

    /** A wait has ended, and a sibling had waited in the same loop before it began. */
    void order(boolean theSiblingWentFirst) {
        pairs++;
        inOrder += theSiblingWentFirst ? 1 : 0;
    }

    /** Share of waits that ended before others that began later; NaN before any was seen. */
    double fifoShare() {
        return pairs == 0 ? Double.NaN : (double) inOrder / pairs;
    }

    /** Belief that waiters are served in the order they came, 0..1. */
    double fairness() {
        double share = (inOrder + FAIR_AT_FIRST) / (pairs + FAIR_AT_FIRST + 1.0);
        return Math.max(0, Math.min(1, (share - RACE_SHARE) / (FAIR_SHARE - RACE_SHARE)));
    }

    /** A holder had this much left to do, by the best estimate. */
    void residual(long likelyNs) {
        residuals++;
        residualNs += likelyNs;
    }

    /**
     * Mean of an exponential distribution between two bounds: {@code least + scale - width / (exp(width / scale) - 1)}. The scale
     * is the mean of the estimates so far, which makes them the steps of an EM iteration for interval-censored data.
     */
    long likelyNs(long leastNs, long mostNs) {
        double scale = (double) (residualNs + FIRST_SCALE_NS * FIRST_SCALE_WEIGHT) / (residuals + FIRST_SCALE_WEIGHT);
        long width = mostNs - leastNs;
        double scales = width / scale;
        if (scales < 1e-6) {
            // The mean of an even distribution, which it is in the limit.
            return leastNs + width / 2;
        }
        return leastNs + (long) (scale - width / StrictMath.expm1(scales));
    }
}
