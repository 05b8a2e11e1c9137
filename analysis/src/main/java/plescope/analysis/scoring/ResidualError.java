package plescope.analysis.scoring;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.model.Residual;

/**
 * How well the residual work of culprits is known.
 *
 * @param waits compared
 * @param medianNs median distance of estimate and truth, -1 without waits
 * @param meanTruthNs what is to be estimated, on average, -1 without waits
 * @param meanLikelyNs what is estimated, on average, -1 without waits
 * @param withinBounds share of the true values between the bounds, a microsecond of rounding at each; NaN without waits
 */
public record ResidualError(int waits, long medianNs, long meanTruthNs, long meanLikelyNs, double withinBounds) {
    /** Logs show microseconds; each bound is a sum of a few stretches. */
    private static final long ROUNDING_NS = 2_000;

    /** Collects while scoring. */
    static final class Tally {
        private final List<Long> distances = new ArrayList<>();
        private long truth;
        private long likely;
        private int within;

        void add(Residual claimed, long trueNs) {
            distances.add(Math.abs(claimed.likelyNs() - trueNs));
            truth += trueNs;
            likely += claimed.likelyNs();
            within += trueNs >= claimed.leastNs() - ROUNDING_NS && trueNs <= claimed.mostNs() + ROUNDING_NS ? 1 : 0;
        }

        ResidualError error() {
            int waits = distances.size();
            if (waits == 0) {
                return new ResidualError(0, -1, -1, -1, Double.NaN);
            }
            distances.sort(Long::compare);
            return new ResidualError(
                    waits, distances.get(waits / 2), truth / waits, likely / waits, (double) within / waits);
        }
    }
}
