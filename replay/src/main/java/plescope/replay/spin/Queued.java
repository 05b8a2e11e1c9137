package plescope.replay.spin;

import java.util.function.IntFunction;
import plescope.replay.timeline.VmGrouping;

/** Who waited in an episode's loop already when it began, and who left the loop while it lasted. */
final class Queued {
    /** Siblings that came before. */
    final int ahead;
    /** The one of them that came last, -1 for none: next in line before the spinner where the lock is fair. */
    final int predecessor;
    /** The sibling that left the loop last during the wait, -1 for none. */
    final int lastToLeave;

    private Queued(int ahead, int predecessor, int lastToLeave) {
        this.ahead = ahead;
        this.predecessor = predecessor;
        this.lastToLeave = lastToLeave;
    }

    static Queued at(Episode e, VmGrouping grouping, IntFunction<VcpuHistory> history) {
        int ahead = 0;
        int predecessor = -1;
        long latestArrival = -1;
        int lastToLeave = -1;
        long latestDeparture = -1;
        for (int other = 0; other < grouping.vcpus(); other++) {
            if (grouping.siblings(e.vcpu, other)) {
                VcpuHistory his = history.apply(other);
                long since = his.waitingSince(e.loop, e.startNs);
                ahead += since < 0 ? 0 : 1;
                if (since > latestArrival) {
                    latestArrival = since;
                    predecessor = other;
                }
                int departure = his.lastDeparture(e.loop, e.startNs, e.latestReleaseNs);
                long left = departure < 0 ? -1 : his.departureNs(departure);
                if (left > latestDeparture) {
                    latestDeparture = left;
                    lastToLeave = other;
                }
            }
        }
        return new Queued(ahead, predecessor, lastToLeave);
    }
}
