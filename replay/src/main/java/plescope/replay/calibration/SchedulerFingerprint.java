package plescope.replay.calibration;

import java.util.List;
import plescope.replay.engine.HostSimulator;
import plescope.replay.model.Origin;
import plescope.replay.policy.Setting;
import plescope.replay.workload.Workload;

/**
 * Tells the scheduler of a log that names no kernel by what it did: who ran after PLE exits.
 *
 * <p>CFS takes the hint of a directed yield where it is fair, 6.12 drops it (NEXT_BUDDY is off), late 6.12.y takes it where the
 * sibling is eligible. So siblings follow PLE exits least often under 6.12 and mostly more often under CFS. How often depends on who
 * shares run queues, hence the same work is replayed under each candidate, and the closest one is taken [I]. Where the next one misses
 * by little more, the choice stays an assumption and says so. One seed each: convoys have several stable courses, so another seed may
 * give another share.
 */
public final class SchedulerFingerprint {
    /** Fewer PLE exits with a known successor say nothing: at one half the error is 3.5 points. */
    static final int MIN_YIELDS = 200;

    /** The next candidate must miss by at least this factor more for the choice to count as told [I]. */
    static final int CLEAR_FACTOR = 2;

    /** And by at least so many permille more: other seeds move shares by as much [I]. */
    static final int CLEAR_PERMILLE = 50;

    private static final List<String> CANDIDATES = List.of("cfs-6.1+p2019", "eevdf-6.12+p2021", "eevdf-6.12.y+p2021");

    private SchedulerFingerprint() {}

    /** The host with its setting chosen by fingerprint where it was only assumed, else unchanged. */
    public static RecordedHost settle(RecordedHost host, Workload work, long seed) {
        YieldTally recorded = host.yields();
        if (!host.setting().assumed() || recorded.judged() < MIN_YIELDS) {
            return host;
        }
        String best = null;
        long leastMiss = Long.MAX_VALUE;
        long nextMiss = Long.MAX_VALUE;
        StringBuilder replayed = new StringBuilder();
        for (String candidate : CANDIDATES) {
            YieldTally tally = new YieldTally();
            HostSimulator.run(work, host.model(), Setting.parse(candidate), seed, tally);
            long miss = Math.abs(tally.siblingPermille() - recorded.siblingPermille());
            if (miss < leastMiss) {
                nextMiss = leastMiss;
                leastMiss = miss;
                best = candidate;
            } else {
                nextMiss = Math.min(nextMiss, miss);
            }
            replayed.append(replayed.isEmpty() ? "" : ", ")
                    .append(percent(tally.siblingPermille()))
                    .append(" under ")
                    .append(candidate);
        }
        boolean unclear = nextMiss < Math.max(CLEAR_FACTOR * leastMiss, leastMiss + CLEAR_PERMILLE);
        String reason = "siblings ran after " + percent(recorded.siblingPermille()) + " of PLE exits; replays give "
                + replayed + (unclear ? ": too close to tell, assumed" : "");
        return host.under(new RecordedSetting(best, Origin.INFERRED, unclear, reason));
    }

    private static String percent(long permille) {
        return permille / 10 + "." + permille % 10 + " %";
    }
}
