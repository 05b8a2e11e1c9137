package plescope.analysis.sweep;

import plescope.replay.whatif.Measure;

/**
 * One measure of one what-if against a reference, over replays paired by their draws.
 *
 * @param value mean over the what-if's replays; NaN where a schedule does not show the measure
 * @param ratio mean over mean of the reference
 * @param low smallest ratio of a pair
 * @param high largest ratio of a pair
 * @param error how far the identity replay is from the recording: |ratio - 1|, NaN where the recording was not measured
 */
public record Estimate(Measure measure, double value, double ratio, double low, double high, double error) {
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
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < values.length; i++) {
            double ratio = ratio(values[i], reference[i]);
            low = Double.isNaN(ratio) ? Double.NaN : Math.min(low, ratio);
            high = Double.isNaN(ratio) ? Double.NaN : Math.max(high, ratio);
        }
        double value = mean(values);
        double error = Math.abs(ratio(mean(identity), recorded) - 1);
        return new Estimate(measure, value, ratio(value, mean(reference)), low, high, error);
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

    /** Spread of the pairs on both sides of their middle. */
    private double spread() {
        return (high - low) / 2;
    }

    /** The smallest |ratio - 1| that counts: the identity replay's error and half the spread of the pairs together. */
    public double resolution() {
        return spread() + (Double.isNaN(error) ? 0 : error);
    }

    /** A difference counts where it exceeds the resolution and every pair agrees on its direction. */
    public Verdict verdict() {
        if (Double.isNaN(ratio) || Double.isNaN(low)) {
            return Verdict.NOT_SHOWN;
        }
        boolean oneSided = low > 1 || high < 1;
        if (!oneSided || Math.abs(ratio - 1) <= resolution()) {
            return Verdict.NOT_DISTINGUISHABLE;
        }
        return switch (measure.better()) {
            case MORE -> ratio > 1 ? Verdict.BETTER : Verdict.WORSE;
            case LESS -> ratio < 1 ? Verdict.BETTER : Verdict.WORSE;
            case NEITHER -> Verdict.DIFFERENT;
        };
    }
}
