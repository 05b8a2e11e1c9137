package plescope.analysis.sweep;

import java.util.Arrays;
import plescope.replay.whatif.Measure;

/**
 * One measure of one what-if against a reference, over replays paired by their draws.
 *
 * @param value mean over the what-if's replays; NaN where a schedule does not show the measure
 * @param ratio mean over mean of the reference
 * @param low smallest ratio of a pair
 * @param high largest ratio of a pair
 * @param spread half the width of the ratio's 95 % interval over the pairs; NaN for a single pair
 * @param error how far the identity replay is from the recording: |ratio - 1|, NaN where the recording was not measured
 */
public record Estimate(
        Measure measure, double value, double ratio, double low, double high, double spread, double error) {
    /** Student's 0.975 quantiles by degrees of freedom, from 1. */
    private static final double[] STUDENT = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228};

    /** Beyond those the quantile is the normal one and a term in 1/freedom, within 0.01. */
    private static final double NORMAL = 1.96;

    private static final double TAIL = 2.6;

    /** What a difference is worth. */
    public enum Verdict {
        REFERENCE("reference"),
        BETTER("better"),
        WORSE("worse"),
        /** A difference in a measure that is neither good nor bad. */
        DIFFERENT("different"),
        /** Within what replays of this recording cannot tell. */
        NOT_DISTINGUISHABLE("not distinguishable"),
        /** The schedules do not show the measure. */
        NOT_SHOWN("not shown"),
        /** The recording does not show spinning, on which every prediction rests. */
        CANNOT_ANSWER("cannot answer");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * Compares replays pair by pair.
     *
     * @param recorded what the recorded schedule came to, NaN if unknown
     * @param identity what its identity replays came to
     */
    static Estimate of(Measure measure, double[] values, double[] reference, double recorded, double[] identity) {
        double[] ratios = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            ratios[i] = ratio(values[i], reference[i]);
        }
        Arrays.sort(ratios);
        double value = mean(values);
        // NaN sorts last: where a pair has no ratio, neither has the largest.
        double high = ratios[ratios.length - 1];
        return new Estimate(
                measure,
                value,
                ratio(value, mean(reference)),
                Double.isNaN(high) ? Double.NaN : ratios[0],
                high,
                halfWidth(ratios),
                Math.abs(ratio(mean(identity), recorded) - 1));
    }

    /** Student's interval. Equal pairs are one replay made twice, as where a log leaves nothing open: they count once. */
    static double halfWidth(double[] ratios) {
        double[] distinct = Arrays.stream(ratios).distinct().toArray();
        if (distinct.length == 1) {
            return ratios.length == 1 ? Double.NaN : 0;
        }
        double mean = mean(distinct);
        double squares = 0;
        for (double ratio : distinct) {
            squares += (ratio - mean) * (ratio - mean);
        }
        int freedom = distinct.length - 1;
        double student = freedom <= STUDENT.length ? STUDENT[freedom - 1] : NORMAL + TAIL / freedom;
        return student * Math.sqrt(squares / freedom / distinct.length);
    }

    /** Nothing against nothing is no difference. */
    private static double ratio(double value, double reference) {
        return value == reference ? 1 : reference == 0 ? Double.NaN : value / reference;
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** The smallest |ratio - 1| that counts: the identity replay's error and the spread, which have nothing to do with each other. */
    public double resolution() {
        return Math.hypot(spread, Double.isNaN(error) ? 0 : error);
    }

    /** A difference counts where it exceeds the resolution and every pair agrees on its direction. */
    public Verdict verdict() {
        if (Double.isNaN(ratio) || Double.isNaN(low)) {
            return Verdict.NOT_SHOWN;
        }
        boolean oneSided = low > 1 || high < 1;
        boolean beyond = Math.abs(ratio - 1) > resolution();
        if (!oneSided || !beyond) {
            return Verdict.NOT_DISTINGUISHABLE;
        }
        return switch (measure.better()) {
            case MORE -> ratio > 1 ? Verdict.BETTER : Verdict.WORSE;
            case LESS -> ratio < 1 ? Verdict.BETTER : Verdict.WORSE;
            case NEITHER -> Verdict.DIFFERENT;
        };
    }
}
