package plescope.analysis.validate;

import plescope.replay.whatif.Prediction;

/** What measurement says of a prediction. */
public enum Judgement {
    /** The measured change is beyond noise, and the claim has its sign. */
    RIGHT("right"),
    /** The claim has the other sign; or it claims a change where repeats show none. */
    WRONG("wrong"),
    /** The measured change is within the noise of repeats, and the prediction does not contradict it. */
    WITHIN_NOISE("within noise"),
    /** The measured change is beyond noise, but the recording supports no claim. */
    NOT_DISTINGUISHABLE("not distinguishable"),
    /** The recording does not show what the answer depends on. */
    CANNOT_ANSWER("cannot answer"),
    /** A recording is missing. */
    SKIPPED("skipped");

    private final String label;

    Judgement(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    static Judgement of(Pair pair, Prediction predicted) {
        return switch (predicted.verdict()) {
            case SPIN_NOT_RECORDED, NOT_MEASURED -> CANNOT_ANSWER;
            case REFERENCE, NOT_DISTINGUISHABLE -> pair.beyondNoise() ? NOT_DISTINGUISHABLE : WITHIN_NOISE;
            case HIGHER, LOWER -> claimed(pair, predicted);
        };
    }

    private static Judgement claimed(Pair pair, Prediction predicted) {
        if (pair.beyondNoise()) {
            return predicted.ratio() > 1 == pair.ratio() > 1 ? RIGHT : WRONG;
        }
        boolean meets = predicted.low() <= pair.highestRatio() && predicted.high() >= pair.lowestRatio();
        return meets ? WITHIN_NOISE : WRONG;
    }
}
