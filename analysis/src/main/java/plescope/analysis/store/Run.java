package plescope.analysis.store;

/**
 * One schedule of the file.
 *
 * @param number 0 for the recorded schedule, replays from 1
 * @param setting what was simulated, or {@code recorded}
 * @param seed seed of the replay; ignored for the recorded schedule
 */
public record Run(int number, String setting, Role role, long seed, long elapsedNs) {
    /** Number of the recorded schedule. */
    public static final int RECORDED = 0;

    /** What a schedule is for in comparisons. */
    public enum Role {
        /** What the host really did. */
        RECORDED,
        /** Replay of the recorded setting: its error against the record is the trust in all replays. */
        IDENTITY,
        /** A limit no scheduler has, such as one pCPU per vCPU. */
        BOUND,
        /** The limit that always runs the true blocker; headroom is measured against it. */
        ORACLE,
        /** A setting one could choose. */
        POLICY
    }

    /** The recorded schedule of a trace with this span. */
    public static Run recorded(long spanNs) {
        return new Run(RECORDED, "recorded", Role.RECORDED, 0, spanNs);
    }
}
