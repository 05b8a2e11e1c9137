package plescope.replay.spin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import plescope.replay.model.Wait.EvidenceLine;
import plescope.replay.timeline.VmGrouping;

/**
 * Who may have held the lock a spinner waited for.
 *
 * <p>Whoever let go did guest work after the spinner was last seen spinning and before it was seen to have moved on; that
 * alone excludes most. Fair locks pass from one waiter to the next: the sibling that left the same loop last is next in line.
 *
 * <p>Where a suspect worked more than once between those two moments, the first turn is the one that released: a waiter goes on
 * as soon as it runs, so all later work may have come by coincidence of this schedule. A replay that waited for it would have to
 * reproduce the schedule [I].
 */
final class LockSuspects {
    /** Weights are log-likelihood ratios [I]. */
    private static final double WORKED_AT_RELEASE = 1;

    private static final double NO_WORK_AT_RELEASE = -6;
    private static final double PREEMPTED_WHILE_WORKING = 2;
    private static final double LAST_TO_LEAVE_LOOP = 3;
    private static final double LEFT_LOOP_DURING_WAIT = 1;

    private final IntFunction<VcpuHistory> history;
    private VmGrouping grouping = VmGrouping.NONE;

    LockSuspects(IntFunction<VcpuHistory> history) {
        this.history = history;
    }

    void grouped(VmGrouping now) {
        grouping = now;
    }

    /** Whether a sibling was off its pCPU with work to do, or left the same loop, during the wait. */
    boolean someoneHeldUp(Episode e) {
        for (int other = 0; other < grouping.vcpus(); other++) {
            if (!grouping.siblings(e.vcpu, other)) {
                continue;
            }
            boolean heldUp = history.apply(other).lastHeldUp(e.startNs, e.latestReleaseNs) != null;
            if (heldUp || departureNs(e, other) >= 0) {
                return true;
            }
        }
        return false;
    }

    List<Suspect> suspects(Episode e) {
        int last = lastToLeave(e);
        List<Suspect> suspects = new ArrayList<>();
        for (int other = 0; other < grouping.vcpus(); other++) {
            if (grouping.siblings(e.vcpu, other)) {
                Suspect suspect = suspect(e, other, other == last);
                if (suspect != null) {
                    suspects.add(suspect);
                }
            }
        }
        return suspects;
    }

    private Suspect suspect(Episode e, int other, boolean lastToLeave) {
        VcpuHistory his = history.apply(other);
        if (his.sleptThrough(e.startNs, e.latestReleaseNs)) {
            return null;
        }
        VcpuHistory.OffStretch off = his.lastHeldUp(e.startNs, e.latestReleaseNs);
        long release = his.firstTurnEnd(e.lastSpinNs, e.latestReleaseNs);
        double score = release < 0 ? NO_WORK_AT_RELEASE : WORKED_AT_RELEASE;
        List<EvidenceLine> evidence = new ArrayList<>();
        if (off != null) {
            score += PREEMPTED_WHILE_WORKING;
            evidence.add(new EvidenceLine(off.outLine, "holder-preempted"));
            if (off.inNs <= e.latestReleaseNs) {
                evidence.add(new EvidenceLine(off.inLine, "holder-resumed"));
            }
        }
        int departure = his.lastDeparture(e.loop, e.startNs, e.latestReleaseNs);
        if (departure >= 0) {
            score += lastToLeave ? LAST_TO_LEAVE_LOOP : LEFT_LOOP_DURING_WAIT;
            evidence.add(new EvidenceLine(his.departureLine(departure), "left-same-loop"));
        }
        return new Suspect(other, score, release, evidence);
    }

    private int lastToLeave(Episode e) {
        int last = -1;
        long latest = -1;
        for (int other = 0; other < grouping.vcpus(); other++) {
            if (grouping.siblings(e.vcpu, other)) {
                long left = departureNs(e, other);
                if (left > latest) {
                    latest = left;
                    last = other;
                }
            }
        }
        return last;
    }

    private long departureNs(Episode e, int other) {
        VcpuHistory his = history.apply(other);
        int departure = his.lastDeparture(e.loop, e.startNs, e.latestReleaseNs);
        return departure < 0 ? -1 : his.departureNs(departure);
    }
}
