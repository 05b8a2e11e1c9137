package plescope.replay.spin;

import java.util.Arrays;
import plescope.replay.spin.OffStretches.OffStretch;
import plescope.replay.timeline.VmGrouping;

/**
 * What each sibling of a spinner did during its wait, looked up once for all who judge it: who waited in the same loop when it
 * began, who left the loop while it lasted, who was kept off its pCPU, who worked. One object serves all episodes, one after the
 * other. Of those that did nothing new meanwhile, {@link Lulls} tell it without a search.
 */
final class Siblings {
    private static final int NO_DEPARTURE = -1;
    private static final int SLEPT = 1;
    private static final int OFF_AT_START = 2;

    private final VcpuHistories histories;
    private long startNs;
    private long releaseNs;
    private int count;
    private int[] vcpu = new int[8];
    private long[] waitingSinceNs = new long[8];
    private int[] departure = new int[8];
    private int[] off = new int[8];
    private long[] turnEndNs = new long[8];

    private int ahead;
    private int predecessor;
    private int lastToLeave;
    private boolean anyHeldUp;

    Siblings(VcpuHistories histories) {
        this.histories = histories;
    }

    void look(Episode e, VmGrouping grouping) {
        startNs = e.startNs;
        releaseNs = e.latestReleaseNs;
        count = 0;
        ahead = 0;
        predecessor = -1;
        lastToLeave = -1;
        anyHeldUp = false;
        int[] sameVm = grouping.sameVm(e.vcpu);
        grow(sameVm.length);
        for (int other : sameVm) {
            if (other != e.vcpu) {
                vcpu[count] = other;
                lookAtWaits(e.loop, other);
                lookAtPcpu(other);
                lookAtWork(e.lastSpinNs, other);
                count++;
            }
        }
        rank();
    }

    private void lookAtWaits(SpinLoop loop, int other) {
        Lulls lulls = histories.waits;
        if (lulls.covers(other, startNs, releaseNs)) {
            departure[count] = NO_DEPARTURE;
            waitingSinceNs[count] = lulls.what(other) == loop.id ? lulls.sinceNs(other) : -1;
            return;
        }
        LoopWaits waits = histories.of(other).waits;
        waitingSinceNs[count] = waits.since(loop, startNs);
        departure[count] = waits.lastDeparture(loop, startNs, releaseNs);
        waits.findLull(releaseNs);
    }

    private void lookAtPcpu(int other) {
        off[count] = 0;
        Lulls lulls = histories.off;
        if (lulls.covers(other, startNs, releaseNs)) {
            int state = lulls.what(other);
            if (state == OffStretches.HELD_UP) {
                anyHeldUp = true;
                off[count] = OFF_AT_START;
            } else if (state == OffStretches.BLOCKED) {
                off[count] = SLEPT;
            }
            return;
        }
        VcpuHistory his = histories.of(other);
        off[count] |= his.sleptThrough(startNs, releaseNs) ? SLEPT : 0;
        off[count] |= his.offAtWork(startNs) ? OFF_AT_START : 0;
        anyHeldUp |= his.off.lastHeldUp(startNs, releaseNs) != null;
        his.off.findLull(releaseNs);
    }

    private void lookAtWork(long lastSpinNs, int other) {
        Lulls lulls = histories.guest;
        if (lulls.covers(other, lastSpinNs, releaseNs)) {
            turnEndNs[count] = lulls.what(other) == GuestStretches.WORK ? releaseNs : -1;
            return;
        }
        GuestStretches guest = histories.of(other).guest;
        turnEndNs[count] = guest.firstTurnEnd(lastSpinNs, releaseNs);
        guest.findLull(releaseNs);
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
            long left = departed(i) ? departureNs(i) : -1;
            if (left > latestDeparture) {
                latestDeparture = left;
                lastToLeave = i;
            }
        }
    }

    private void grow(int size) {
        if (size > vcpu.length) {
            vcpu = Arrays.copyOf(vcpu, 2 * size);
            waitingSinceNs = Arrays.copyOf(waitingSinceNs, vcpu.length);
            departure = Arrays.copyOf(departure, vcpu.length);
            off = Arrays.copyOf(off, vcpu.length);
            turnEndNs = Arrays.copyOf(turnEndNs, vcpu.length);
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
        return histories.of(vcpu[sibling]);
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
        return history(sibling).waits.departureNs(departure[sibling]);
    }

    long departureLine(int sibling) {
        return history(sibling).waits.departureLine(departure[sibling]);
    }

    /** Whether it slept all the while. */
    boolean slept(int sibling) {
        return (off[sibling] & SLEPT) != 0;
    }

    /** Whether it was off its pCPU with work to do when the spinner came. */
    boolean offAtStart(int sibling) {
        return (off[sibling] & OFF_AT_START) != 0;
    }

    /** End of its first turn of guest work after the spinner was last seen spinning, -1 where it did none. */
    long turnEndNs(int sibling) {
        return turnEndNs[sibling];
    }

    /** The last stretch off its pCPU with work to do, null where there was none. */
    OffStretch heldUp(int sibling) {
        return history(sibling).off.lastHeldUp(startNs, releaseNs);
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
