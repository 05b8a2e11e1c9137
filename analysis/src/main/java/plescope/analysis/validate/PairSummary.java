package plescope.analysis.validate;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** How good the predictions of many pairs are, in the numbers that goals are set for. Logarithms are natural. */
public record PairSummary(List<Comparison> comparisons) {
    /** A null pair is inert where its prediction claims no change and is off by no more than this [I]. */
    private static final double INERT = 0.1;

    static final double FACTOR_TWO = StrictMath.log(2);

    public PairSummary {
        comparisons = List.copyOf(comparisons);
    }

    private long count(Predicate<Comparison> which) {
        return comparisons.stream().filter(which).count();
    }

    public long count(Judgement judgement) {
        return count(c -> c.judgement() == judgement);
    }

    public long answered() {
        return count(Comparison::answered);
    }

    /** Answers where the measured change is beyond noise. */
    public long beyondNoise() {
        return count(c -> c.answered() && c.pair().beyondNoise());
    }

    /** Of those, where predicted and measured change have one sign. */
    public long signRight() {
        return count(c -> c.pair().beyondNoise() && c.signRight());
    }

    /** Median of |ln(predicted / measured)| of throughput, NaN without an answer. */
    public double medianError() {
        return median(errors());
    }

    /** The answer that is furthest off, null without an answer. */
    public Comparison worst() {
        Comparison worst = null;
        for (Comparison comparison : comparisons) {
            if (comparison.answered() && (worst == null || Math.abs(comparison.error()) > Math.abs(worst.error()))) {
                worst = comparison;
            }
        }
        return worst;
    }

    public long withinFactorTwo() {
        return Arrays.stream(errors()).filter(error -> error <= FACTOR_TWO).count();
    }

    public long nullPairs() {
        return count(c -> c.answered() && c.pair().isNull());
    }

    public long inertNullPairs() {
        return count(c -> c.answered()
                && c.pair().isNull()
                && !c.claims()
                && Math.abs(StrictMath.log(c.throughput().ratio())) <= INERT);
    }

    /** Median of |ln(predicted / measured)| of the ratio of PLE exits, where both sides have some. */
    public double medianExitError() {
        return median(exitErrors());
    }

    public long exitAnswers() {
        return exitErrors().length;
    }

    /** Slope of measured over predicted logarithms, through the origin: 1 is calibrated, below 1 exaggerates. */
    public double slope() {
        double products = 0;
        double squares = 0;
        for (Comparison comparison : comparisons) {
            if (comparison.answered() && comparison.throughput().ratio() > 0) {
                double predicted = StrictMath.log(comparison.throughput().ratio());
                products += predicted * StrictMath.log(comparison.pair().ratio());
                squares += predicted * predicted;
            }
        }
        return squares == 0 ? Double.NaN : products / squares;
    }

    private double[] errors() {
        return sizes(comparisons.stream().mapToDouble(Comparison::error).toArray());
    }

    private double[] exitErrors() {
        return sizes(comparisons.stream().mapToDouble(Comparison::exitError).toArray());
    }

    private static double[] sizes(double[] errors) {
        return Arrays.stream(errors)
                .filter(error -> !Double.isNaN(error))
                .map(Math::abs)
                .sorted()
                .toArray();
    }

    static double median(double[] ascending) {
        int size = ascending.length;
        return size == 0 ? Double.NaN : (ascending[(size - 1) / 2] + ascending[size / 2]) / 2;
    }
}
