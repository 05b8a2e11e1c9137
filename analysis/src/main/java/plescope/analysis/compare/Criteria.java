package plescope.analysis.compare;

/**
 * What counts as a difference.
 *
 * @param confidence of each interval, such as 0.95
 * @param falseDiscoveries share of comparisons called different that may not be
 * @param leastRatio least change of rates and lengths that counts: 0.1 is a tenth up, or down by as much on a log scale
 * @param leastPoints least change of shares, percentage points
 * @param resamples of the bootstrap
 */
public record Criteria(
        double confidence, double falseDiscoveries, double leastRatio, double leastPoints, int resamples, long seed) {
    public static final Criteria DEFAULT = new Criteria(0.95, 0.05, 0.1, 2, 1000, 1);

    /** Whether a change is large enough to count. */
    boolean counts(Kind kind, double levelChange) {
        return Math.abs(levelChange) >= (kind == Kind.SHARE ? leastPoints : StrictMath.log1p(leastRatio));
    }
}
