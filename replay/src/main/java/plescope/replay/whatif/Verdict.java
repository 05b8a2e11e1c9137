package plescope.replay.whatif;

/** What a prediction claims. */
public enum Verdict {
    /** The identity itself. */
    REFERENCE("reference"),
    /** The measure grows, by more than the smallest difference that the recording supports. */
    HIGHER("higher"),
    /** It shrinks by more than that. */
    LOWER("lower"),
    /** The difference is too small for this recording, or its sign changes between trials. */
    NOT_DISTINGUISHABLE("not distinguishable"),
    /** The recording does not show how the guests spin, on which the answer depends. */
    SPIN_NOT_RECORDED("spin not recorded"),
    /** Recording or replay does not show this measure. */
    NOT_MEASURED("not measured");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /** As printed: what is higher of throughput is faster. */
    public String text(Measure measure) {
        if (measure == Measure.THROUGHPUT && (this == HIGHER || this == LOWER)) {
            return this == HIGHER ? "faster" : "slower";
        }
        return label;
    }
}
