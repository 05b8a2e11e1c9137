package plescope.replay.timeline;

import plescope.parser.event.ExitReason;
import plescope.parser.event.KvmExit;

/** Counters and log-wide facts that all tracks share. */
final class TimelineCounts {
    /** A root span this many times the usual of its exit reason may hide a switch away. */
    private static final int LONG_FACTOR = 3;
    /** Before a reason was seen this often, its usual length is not known. */
    private static final int MIN_SAMPLES = 5;
    /** What no exit handling takes on the pCPU, used until the usual length is known. */
    private static final long SURELY_LONG_NS = 1_000_000;

    long entryAfterEntry;
    long exitAfterExit;
    long exitWithoutEntry;
    long lostSpans;
    long violations;
    long backwards;
    long reusedTids;
    boolean schedEvents;
    boolean wakeEvents;

    private final long[] usualNs = new long[ExitReason.Family.values().length];
    private final int[] samples = new int[usualNs.length];

    /**
     * Whether a root span is too long to be exit handling alone, in a log that cannot show a switch away. Learns the usual
     * length of each family as a running median: each sample moves the estimate by an eighth towards itself.
     */
    boolean isLongWithoutSched(KvmExit exit, long spanNs) {
        if (schedEvents) {
            return false;
        }
        int family = (exit == null ? ExitReason.Family.OTHER : exit.reason().family()).ordinal();
        boolean known = samples[family] >= MIN_SAMPLES;
        boolean isLong = spanNs > (known ? LONG_FACTOR * usualNs[family] : SURELY_LONG_NS);
        long step = Math.max(1, usualNs[family] / 8);
        usualNs[family] =
                samples[family] == 0 ? spanNs : usualNs[family] + Long.signum(spanNs - usualNs[family]) * step;
        samples[family]++;
        return isLong;
    }
}
