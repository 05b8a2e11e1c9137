package plescope.replay.spin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import plescope.replay.model.Residual;
import plescope.replay.model.Wait.EvidenceLine;
import plescope.replay.timeline.VmGrouping;

/**
 * Who may have held the lock a spinner waited for.
 *
 * <p>Fair locks pass from one waiter to the next: the sibling that came last before the spinner, and still waited when it came, is
 * next in line before it. Whoever let go did guest work after the spinner was last seen spinning and before it must have left the
 * loop. Where no sibling waited, all who worked are as likely as each other: a log does not show who holds a lock nobody waits for.
 *
 * <p>Where a suspect worked more than once between those two moments, the first turn is the one that released: a waiter goes on
 * as soon as it runs, so all later work may have come by coincidence of this schedule. A replay that waited for it would have to
 * reproduce the schedule [I].
 */
final class LockSuspects {
    /** Weights are log-likelihood ratios, fitted to synthetic logs: docs/decisions/0008-culprits.md. */
    private static final double PRIOR = 2.5;

    private static final double WORKED_AT_RELEASE = 1.4;
    private static final double NEXT_IN_LINE = 2.7;
    /** Waits itself, at a lock that serves its waiters in any order: the holder does not wait. */
    private static final double WAITS_IN_RACE = -1.9;

    private static final double STILL_WAITS = -0.6;
    private static final double LAST_TO_LEAVE_LOOP = 0.2;
    private static final double LEFT_LOOP_EARLIER = -0.6;
    /** Most of the vCPUs that are off their pCPUs at some moment hold nothing. */
    private static final double OFF_AT_START = -1.9;

    private final IntFunction<VcpuHistory> history;
    private final ContendedLocks locks = new ContendedLocks();
    private VmGrouping grouping = VmGrouping.NONE;

    LockSuspects(IntFunction<VcpuHistory> history) {
        this.history = history;
    }

    void grouped(VmGrouping now) {
        grouping = now;
    }

    ContendedLock lock(Episode e) {
        return locks.of(e, grouping);
    }

    Queued queued(Episode e) {
        return Queued.at(e, grouping, history);
    }

    /** Whether a sibling was off its pCPU, working or waiting, at some time of the wait. */
    boolean someoneHeldUp(Episode e) {
        for (int other = 0; other < grouping.vcpus(); other++) {
            if (grouping.siblings(e.vcpu, other)) {
                VcpuHistory.OffStretch off = history.apply(other).lastOff(e.startNs, e.latestReleaseNs);
                if (off != null && !off.blocked) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a sibling was off its pCPU with work to do, or left the same loop, during the wait. */
    boolean looksLikeLock(Episode e, Queued queued) {
        if (queued.ahead > 0 || queued.lastToLeave >= 0) {
            return true;
        }
        for (int other = 0; other < grouping.vcpus(); other++) {
            if (grouping.siblings(e.vcpu, other)
                    && history.apply(other).lastHeldUp(e.startNs, e.latestReleaseNs) != null) {
                return true;
            }
        }
        return false;
    }

    /** Adds what this wait shows of its lock's order. Once per episode. */
    void learnOrder(Episode e) {
        ContendedLock lock = lock(e);
        for (int other = 0; other < grouping.vcpus(); other++) {
            if (grouping.siblings(e.vcpu, other)) {
                VcpuHistory his = history.apply(other);
                if (his.waitingSince(e.loop, e.startNs) >= 0) {
                    lock.order(his.lastDeparture(e.loop, e.startNs, e.latestReleaseNs) >= 0);
                }
            }
        }
    }

    List<Suspect> suspects(Episode e, Queued queued) {
        double fairness = lock(e).fairness();
        List<Suspect> suspects = new ArrayList<>();
        for (int other = 0; other < grouping.vcpus(); other++) {
            if (grouping.siblings(e.vcpu, other) && !history.apply(other).sleptThrough(e.startNs, e.latestReleaseNs)) {
                suspects.add(suspect(e, other, queued, fairness));
            }
        }
        return suspects;
    }

    private Suspect suspect(Episode e, int other, Queued queued, double fairness) {
        VcpuHistory his = history.apply(other);
        long release = his.firstTurnEnd(e.lastSpinNs, e.latestReleaseNs);
        int departure = his.lastDeparture(e.loop, e.startNs, e.latestReleaseNs);
        double score = PRIOR + (release < 0 ? 0 : WORKED_AT_RELEASE);
        List<EvidenceLine> evidence = new ArrayList<>();
        if (his.waitingSince(e.loop, e.startNs) >= 0) {
            score += (1 - fairness) * WAITS_IN_RACE + (departure < 0 ? STILL_WAITS : 0);
            score += other == queued.predecessor ? fairness * NEXT_IN_LINE : 0;
        } else if (his.offAtWork(e.startNs)) {
            score += OFF_AT_START;
        }
        if (departure >= 0) {
            score += other == queued.lastToLeave ? LAST_TO_LEAVE_LOOP : LEFT_LOOP_EARLIER;
            evidence.add(new EvidenceLine(his.departureLine(departure), "left-same-loop"));
        }
        VcpuHistory.OffStretch off = his.lastHeldUp(e.startNs, e.latestReleaseNs);
        if (off != null) {
            evidence.add(new EvidenceLine(off.outLine, "holder-preempted"));
            if (off.inNs <= e.latestReleaseNs) {
                evidence.add(new EvidenceLine(off.inLine, "holder-resumed"));
            }
        }
        return new Suspect(other, score, release, residual(e, his, departure, off), evidence);
    }

    private Residual residual(Episode e, VcpuHistory his, int departure, VcpuHistory.OffStretch off) {
        long from = departure < 0 ? e.startNs : his.departureNs(departure);
        if (off != null && off.inNs <= e.latestReleaseNs) {
            from = Math.max(from, off.inNs);
        }
        long least = his.workNs(from, e.lastSpinNs);
        long most = his.workNs(from, e.latestReleaseNs);
        return new Residual(from, least, lock(e).likelyNs(least, most), most);
    }
}
