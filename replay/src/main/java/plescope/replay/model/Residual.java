package plescope.replay.model;

/**
 * Guest work a suspect still had to do before it let the spinner go, counted from its last return: to its pCPU, or from its own
 * wait for the same lock. The spinner was seen spinning and later seen to have moved on, which bounds it from both sides.
 *
 * @param fromNs from when it is counted
 * @param leastNs work done by the last moment the spinner is known to have spun
 * @param likelyNs mean of an exponential distribution between the bounds; its scale is learned per lock
 * @param mostNs work done by the first moment the spinner is known to have moved on
 */
public record Residual(long fromNs, long leastNs, long likelyNs, long mostNs) {
    /** Where it cannot be told. */
    public static final Residual UNKNOWN = new Residual(-1, -1, -1, -1);

    public boolean known() {
        return fromNs >= 0;
    }
}
