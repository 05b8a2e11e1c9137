package plescope.replay.calibration;

import java.util.List;
import java.util.function.Function;
import plescope.replay.engine.HostSimulator;
import plescope.replay.model.Origin;
import plescope.replay.policy.Setting;
import plescope.replay.workload.Workload;

/**
 * Tells the scheduler of a log that names no kernel by what it did: who ran after PLE exits, and how soon the spinner was back.
 *
 * <p>CFS takes the hint of a directed yield where it is fair, 6.12 drops it (NEXT_BUDDY is off), late 6.12.y takes it where the
 * sibling is eligible. So siblings follow PLE exits least often under 6.12 and mostly more often under CFS. CFS passes the yielder over
 * once, so it is soon back; 6.12 often lets it run on; late 6.12.y makes it forfeit. How often depends on who
 * shares run queues, hence the recorded work is replayed under each candidate, with the locks that explain the recording best under that
 * one, and the closest one is taken [I]. Where the next one misses
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

    /** Whether the host's setting is open and its log shows enough to settle it. */
    static boolean applies(RecordedHost host) {
        return host.setting().assumed() && host.yields().judged() >= MIN_YIELDS;
    }

    /**
     * The host with its setting chosen by fingerprint where it was only assumed, else unchanged.
     *
     * @param work what the guests did, as read under a candidate
     */
    public static RecordedHost settle(RecordedHost host, Function<Setting, Workload> work, long seed) {
        if (!applies(host)) {
            return host;
        }
        YieldTally recorded = host.yields();
        String best = null;
        long leastMiss = Long.MAX_VALUE;
        long nextMiss = Long.MAX_VALUE;
        StringBuilder replayed = new StringBuilder();
        for (String candidate : CANDIDATES) {
            YieldTally tally = new YieldTally();
            Setting setting = Setting.parse(candidate);
            HostSimulator.run(work.apply(setting), host.model(), setting, seed, tally);
            long apart = tally.absencesApartPermille(recorded);
            long miss = Math.abs(tally.siblingPermille() - recorded.siblingPermille()) + apart;
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
                    .append(candidate)
                    .append(" (absences ")
                    .append(percent(apart))
                    .append(" apart)");
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
