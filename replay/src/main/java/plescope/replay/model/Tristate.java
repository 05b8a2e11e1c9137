package plescope.replay.model;

/** A yes-or-no question that a trace may be unable to answer. */
public enum Tristate {
    YES,
    NO,
    UNKNOWN;

    public static Tristate of(boolean value) {
        return value ? YES : NO;
    }
}
