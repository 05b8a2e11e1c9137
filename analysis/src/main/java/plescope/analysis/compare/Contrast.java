package plescope.analysis.compare;

import java.util.List;

/**
 * The difference between two sides, and how far chance moves it. What varies within recordings is known from their blocks. Where a side
 * has several recordings, what varies from one to the next is known too, and counts where it is the greater; it is taken to be the
 * same on both sides.
 *
 * @param level of the second side less that of the first
 * @param degrees of freedom of the variance
 * @param drift greatest change from the first half of a recording to its second, 0 where recordings were repeated
 */
record Contrast(double level, double variance, double degrees, double drift) {
    static Contrast of(List<Estimate> a, List<Estimate> b) {
        double level = mean(b) - mean(a);
        double withinA = within(a);
        double withinB = within(b);
        int repeats = a.size() + b.size() - 2;
        if (repeats == 0) {
            double drift = Math.max(a.get(0).drift(), b.get(0).drift());
            return new Contrast(level, withinA + withinB, welch(withinA, degrees(a), withinB, degrees(b)), drift);
        }
        double between = (squares(a) + squares(b)) / repeats * (1.0 / a.size() + 1.0 / b.size());
        return between > withinA + withinB
                ? new Contrast(level, between, repeats, 0)
                : new Contrast(level, withinA + withinB, welch(withinA, degrees(a), withinB, degrees(b)), 0);
    }

    /** Chance of a difference as great where there is none. */
    double chance() {
        return variance > 0 ? StudentT.twoSided(level / Math.sqrt(variance), degrees) : level == 0 ? 1 : 0;
    }

    /** Half the width of an interval. */
    double reach(double confidence) {
        return StudentT.quantile(confidence, degrees) * Math.sqrt(variance);
    }

    private static double mean(List<Estimate> estimates) {
        return estimates.stream().mapToDouble(Estimate::level).average().orElseThrow();
    }

    private static double within(List<Estimate> estimates) {
        return estimates.stream().mapToDouble(Estimate::variance).sum() / estimates.size() / estimates.size();
    }

    private static double degrees(List<Estimate> estimates) {
        return estimates.stream().mapToDouble(Estimate::degrees).sum();
    }

    private static double squares(List<Estimate> estimates) {
        double mean = mean(estimates);
        return estimates.stream()
                .mapToDouble(e -> (e.level() - mean) * (e.level() - mean))
                .sum();
    }

    /** What two spreads, each from few blocks, are worth together: Welch 1947 and Satterthwaite 1946. */
    private static double welch(double varianceA, double degreesA, double varianceB, double degreesB) {
        double sum = varianceA + varianceB;
        return sum > 0
                ? sum * sum / (varianceA * varianceA / degreesA + varianceB * varianceB / degreesB)
                : degreesA + degreesB;
    }
}
