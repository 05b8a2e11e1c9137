package plescope.analysis.validate;

import plescope.replay.whatif.Prediction;
import plescope.replay.whatif.Verdict;

/**
 * One prediction against the measurement of what it predicts.
 *
 * @param pair in the direction asked
 * @param question the what-if as asked, empty where none could be asked
 * @param throughput what was predicted, null where nothing was
 * @param exits the same of PLE exits, null where nothing was
 * @param measuredExits PLE exits of the recording asked for over those of the one replayed, NaN where one has none
 * @param reason why there is no answer, empty where there is one
 */
public record Comparison(
        Pair pair,
        String question,
        Prediction throughput,
        Prediction exits,
        double measuredExits,
        Judgement judgement,
        String reason) {
    static Comparison without(Pair pair, Judgement judgement, String question, String reason) {
        return new Comparison(pair, question, null, null, Double.NaN, judgement, reason);
    }

    /** Whether there is a prediction to be measured at all. */
    public boolean answered() {
        return throughput != null && judgement != Judgement.CANNOT_ANSWER && judgement != Judgement.SKIPPED;
    }

    /** Signed logarithm of predicted over measured throughput ratio, NaN without an answer. */
    public double error() {
        return answered() ? StrictMath.log(throughput.ratio() / pair.ratio()) : Double.NaN;
    }

    /** The same of PLE exits, NaN where either side has none. */
    public double exitError() {
        return answered() && exits.ratio() > 0 && measuredExits > 0
                ? StrictMath.log(exits.ratio() / measuredExits)
                : Double.NaN;
    }

    /** Whether predicted and measured change have one sign, however sure of it the prediction is. */
    public boolean signRight() {
        return answered() && Math.signum(throughput.ratio() - 1) == Math.signum(pair.ratio() - 1);
    }

    /** Whether the prediction claims a change. */
    public boolean claims() {
        return answered() && (throughput.verdict() == Verdict.HIGHER || throughput.verdict() == Verdict.LOWER);
    }
}
