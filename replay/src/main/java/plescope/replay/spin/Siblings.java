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
    private long[] departureNs = new long[8];
    private int[] off = new int[8];
    private long[] turnEndNs = new long[8];

    private int ahead;
    private int predecessor;
    private int lastToLeave;

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
        int all = histories.waits.covering(other, startNs, releaseNs);
        if (all != Lulls.NONE) {
            noDeparture();
        } else {
            lookAtDepartures(loop, other);
        }
        int lull = all != Lulls.NONE ? all : histories.waitsAt(other, startNs);
        if (lull == Lulls.NONE) {
            waitingSinceNs[count] = histories.of(other).waits.since(loop, startNs);
        } else {
            waitingSinceNs[count] = histories.waits.what(lull) == loop.id ? histories.waits.sinceNs(lull) : -1;
        }
    }

    private void lookAtDepartures(SpinLoop loop, int other) {
        Departures last = histories.departures;
        int lull = histories.waitsAt(other, releaseNs);
        if (lull != Lulls.NONE && last.leftNs(lull) < startNs) {
            noDeparture();
        } else if (lull != Lulls.NONE && last.loop(lull) == loop.id) {
            departure[count] = last.slot(lull);
            departureNs[count] = last.leftNs(lull);
        } else {
            LoopWaits waits = histories.of(other).waits;
            departure[count] = waits.lastDeparture(loop, startNs, releaseNs);
            departureNs[count] = departed(count) ? waits.departureNs(departure[count]) : -1;
        }
    }

    private void noDeparture() {
        departure[count] = NO_DEPARTURE;
        departureNs[count] = -1;
    }

    private void lookAtPcpu(int other) {
        int lull = histories.offAt(other, startNs);
        if (lull == Lulls.NONE) {
            VcpuHistory his = histories.of(other);
            off[count] = his.sleptThrough(startNs, releaseNs) ? SLEPT : his.offAtWork(startNs) ? OFF_AT_START : 0;
        } else {
            int state = histories.off.what(lull);
            boolean slept = state == OffStretches.BLOCKED && histories.off.untilNs(lull) >= releaseNs;
            off[count] = slept ? SLEPT : state == OffStretches.HELD_UP ? OFF_AT_START : 0;
        }
    }

    private void lookAtWork(long lastSpinNs, int other) {
        Lulls turns = histories.guest;
        int turn = turns.covering(other, lastSpinNs, lastSpinNs);
        if (turn == Lulls.NONE) {
            turn = histories.of(other).guest.findTurn(lastSpinNs);
        }
        if (turn != Lulls.NONE && turns.notedNs(turn) >= releaseNs) {
            turnEndNs[count] = -1;
        } else if (turn != Lulls.NONE && turns.untilNs(turn) <= releaseNs) {
            turnEndNs[count] = turns.untilNs(turn);
        } else {
            turnEndNs[count] = histories.of(other).guest.firstTurnEnd(lastSpinNs, releaseNs);
        }
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
            if (departureNs[i] > latestDeparture) {
                latestDeparture = departureNs[i];
                lastToLeave = i;
            }
        }
    }

    private void grow(int size) {
        if (size > vcpu.length) {
            vcpu = Arrays.copyOf(vcpu, 2 * size);
            waitingSinceNs = Arrays.copyOf(waitingSinceNs, vcpu.length);
            departure = Arrays.copyOf(departure, vcpu.length);
            departureNs = Arrays.copyOf(departureNs, vcpu.length);
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
        return departureNs[sibling];
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
        return ahead > 0 || lastToLeave >= 0 || anyHeldUp();
    }

    private boolean anyHeldUp() {
        for (int i = 0; i < count; i++) {
            if (offAtStart(i) || heldUp(i) != null) {
                return true;
            }
        }
        return false;
    }
}
