package plescope.replay.spin;

import java.util.Arrays;
import plescope.replay.spin.OffStretches.OffStretch;
import plescope.replay.timeline.VmGrouping;

/**
 * What each sibling of a spinner did during its wait, looked up once for all who judge it: who waited in the same loop when it
 * began, who left the loop while it lasted, who was kept off its pCPU. One object serves all episodes, one after the other.
 */
final class Siblings {
    private static final int NO_DEPARTURE = -1;

    private final VcpuHistories histories;
    private int count;
    private int[] vcpu = new int[8];
    private VcpuHistory[] history = new VcpuHistory[8];
    private long[] waitingSinceNs = new long[8];
    private int[] departure = new int[8];
    private OffStretch[] heldUp = new OffStretch[8];

    private int ahead;
    private int predecessor;
    private int lastToLeave;
    private boolean anyHeldUp;

    Siblings(VcpuHistories histories) {
        this.histories = histories;
    }

    void look(Episode e, VmGrouping grouping) {
        count = 0;
        ahead = 0;
        predecessor = -1;
        lastToLeave = -1;
        anyHeldUp = false;
        int[] sameVm = grouping.sameVm(e.vcpu);
        grow(sameVm.length);
        for (int other : sameVm) {
            if (other != e.vcpu) {
                look(e, other);
            }
        }
        rank();
    }

    private void look(Episode e, int other) {
        VcpuHistory his = histories.of(other);
        vcpu[count] = other;
        history[count] = his;
        waitingSinceNs[count] = his.waits.since(e.loop, e.startNs);
        departure[count] = his.waits.lastDeparture(e.loop, e.startNs, e.latestReleaseNs);
        heldUp[count] = his.off.lastHeldUp(e.startNs, e.latestReleaseNs);
        anyHeldUp |= heldUp[count] != null;
        count++;
    }

    /** Who came last before the spinner, and who left last. */
    private void rank() {
        long latestArrival = -1;
        long latestDeparture = -1;
        for (int i = 0; i < count; i++) {
            ahead += waits(i) ? 1 : 0;
            if (waitingSinceNs[i] > latestArrival) {
                latestArrival = waitingSinceNs[i];
                predecessor = i;
            }
            long left = departed(i) ? history[i].waits.departureNs(departure[i]) : -1;
            if (left > latestDeparture) {
                latestDeparture = left;
                lastToLeave = i;
            }
        }
    }

    private void grow(int size) {
        if (size > vcpu.length) {
            vcpu = Arrays.copyOf(vcpu, 2 * size);
            history = Arrays.copyOf(history, vcpu.length);
            waitingSinceNs = Arrays.copyOf(waitingSinceNs, vcpu.length);
            departure = Arrays.copyOf(departure, vcpu.length);
            heldUp = Arrays.copyOf(heldUp, vcpu.length);
        }
    }

    int count() {
        return count;
    }

    /** Dense index of the sibling. */
    int vcpu(int sibling) {
        return vcpu[sibling];
    }

    VcpuHistory history(int sibling) {
        return history[sibling];
    }

    /** Whether it waited in the spinner's loop already when the spinner came. */
    boolean waits(int sibling) {
        return waitingSinceNs[sibling] >= 0;
    }

    /** Whether it left the spinner's loop during the wait. */
    boolean departed(int sibling) {
        return departure[sibling] != NO_DEPARTURE;
    }

    long departureNs(int sibling) {
        return history[sibling].waits.departureNs(departure[sibling]);
    }

    long departureLine(int sibling) {
        return history[sibling].waits.departureLine(departure[sibling]);
    }

    /** The last stretch off its pCPU with work to do, null where there was none. */
    OffStretch heldUp(int sibling) {
        return heldUp[sibling];
    }

    /** Siblings that came before the spinner. */
    int ahead() {
        return ahead;
    }

    /** Whether this is the one of them that came last: next in line before the spinner where the lock is fair. */
    boolean isPredecessor(int sibling) {
        return sibling == predecessor;
    }

    /** Whether this is the sibling that left the loop last during the wait. */
    boolean isLastToLeave(int sibling) {
        return sibling == lastToLeave;
    }

    /** Whether a sibling was off its pCPU with work to do, or waited in or left the same loop. */
    boolean showLock() {
        return ahead > 0 || lastToLeave >= 0 || anyHeldUp;
    }
}
