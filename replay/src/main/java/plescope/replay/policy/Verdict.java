package plescope.replay.policy;

/** What a policy says of a candidate at one {@link ScanStage}. */
public enum Verdict {
    /** Goes on to the next stage. */
    PASS,
    /** Is passed over. */
    SKIP,
    /** Leaves it to the next policy of the setting, at last to the era. */
    UNDECIDED
}
