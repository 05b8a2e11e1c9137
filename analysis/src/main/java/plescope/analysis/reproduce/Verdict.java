package plescope.analysis.reproduce;

/** What a simulation says of a published figure. */
enum Verdict {
    /** As published: sign, neutrality or level. */
    RIGHT("right"),
    /** Of the right sign, or within its bound, but no more than noise by its own interval. */
    NOISE("within noise"),
    /** A change was published, and surely there is less than one percent of any. */
    NO_EFFECT("no effect"),
    /** Not as published. */
    WRONG("wrong"),
    /** No number: a run counted nothing. */
    NONE("no number");

    /** Percent. */
    private static final double LITTLE = 1;

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    static Verdict of(Expectation expect, Interval ours) {
        if (Double.isNaN(ours.middle())) {
            return NONE;
        }
        return switch (expect.kind()) {
            case UP -> sign(ours.middle() > 0, ours);
            case DOWN -> sign(ours.middle() < 0, ours);
            case NEUTRAL -> Math.abs(ours.middle()) <= expect.bound() ? RIGHT : ours.holdsZero() ? NOISE : WRONG;
            case AT_LEAST -> ours.middle() >= expect.bound() ? RIGHT : WRONG;
        };
    }

    private static Verdict sign(boolean asPublished, Interval ours) {
        if (Math.abs(ours.low()) < LITTLE && Math.abs(ours.high()) < LITTLE) {
            return NO_EFFECT;
        }
        return ours.holdsZero() ? NOISE : asPublished ? RIGHT : WRONG;
    }
}
