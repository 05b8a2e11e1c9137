package plescope.analysis.reproduce;

import java.util.Arrays;

/**
 * A value with the 95 % interval of its mean, from runs of different seeds.
 *
 * @param low equals {@code middle} where one run says nothing of the spread
 */
record Interval(double middle, double low, double high) {
    /** Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom; beyond, the normal one. */
    private static final double[] STUDENT = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    private static final double NORMAL = 1.960;

    /** Of values whose errors add up. */
    static Interval ofLevels(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        int n = values.length;
        if (n < 2) {
            return new Interval(mean, mean, mean);
        }
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double t = n - 2 < STUDENT.length ? STUDENT[n - 2] : NORMAL;
        double half = t * Math.sqrt(squares / (n - 1) / n);
        return new Interval(mean, mean - half, mean + half);
    }

    /** Change in percent from pairs of runs with equal seeds: computed on logarithms, for ratios multiply. */
    static Interval ofChanges(double[] before, double[] after) {
        double[] logs = new double[before.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Math.log(after[i] / before[i]);
        }
        Interval interval = ofLevels(logs);
        return new Interval(percent(interval.middle), percent(interval.low), percent(interval.high));
    }

    private static double percent(double log) {
        return 100 * Math.expm1(log);
    }

    /** Whether the value cannot be told from nothing. */
    boolean holdsZero() {
        return low <= 0 && high >= 0;
    }
}
