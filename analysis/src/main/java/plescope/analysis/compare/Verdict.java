package plescope.analysis.compare;

/** What a comparison comes to. */
public enum Verdict {
    HIGHER("higher"),
    LOWER("lower"),
    /** Beyond chance, but less than the least change that counts. */
    NEGLIGIBLE("negligible"),
    NOT_SIGNIFICANT("not significant"),
    /** One side changes by as much from its first half to its second. */
    UNSTEADY("unsteady"),
    CANNOT_TELL("cannot tell");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** As printed. */
    public String text() {
        return text;
    }

    /** Whether it says that the sides differ. */
    public boolean isChange() {
        return this == HIGHER || this == LOWER;
    }
}
