package plescope.replay.spin;

import java.util.List;
import plescope.replay.model.Residual;
import plescope.replay.model.Wait.EvidenceLine;
import plescope.replay.spin.OffStretches.OffStretch;

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
 *
 * <p>Positions are those of {@link Siblings}: a sibling that slept all the while is a suspect of no likelihood.
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

    private LockSuspects() {}

    /** Adds what this wait shows of its lock's order. Once per episode. */
    static void learnOrder(Siblings siblings, ContendedLock lock) {
        for (int i = 0; i < siblings.count(); i++) {
            if (siblings.waits(i)) {
                lock.order(siblings.departed(i));
            }
        }
    }

    static void weigh(Siblings siblings, ContendedLock lock, Suspects suspects) {
        double fairness = lock.fairness();
        suspects.clear();
        for (int i = 0; i < siblings.count(); i++) {
            if (siblings.slept(i)) {
                suspects.add(siblings.vcpu(i), Double.NEGATIVE_INFINITY, -1);
            } else {
                suspects.add(siblings.vcpu(i), score(siblings, i, fairness), siblings.turnEndNs(i));
            }
        }
    }

    private static double score(Siblings siblings, int sibling, double fairness) {
        double score = PRIOR + (siblings.turnEndNs(sibling) < 0 ? 0 : WORKED_AT_RELEASE);
        if (siblings.waits(sibling)) {
            score += (1 - fairness) * WAITS_IN_RACE + (siblings.departed(sibling) ? 0 : STILL_WAITS);
            score += siblings.isPredecessor(sibling) ? fairness * NEXT_IN_LINE : 0;
        } else if (siblings.offAtStart(sibling)) {
            score += OFF_AT_START;
        }
        if (siblings.departed(sibling)) {
            score += siblings.isLastToLeave(sibling) ? LAST_TO_LEAVE_LOOP : LEFT_LOOP_EARLIER;
        }
        return score;
    }

    /** Lines that speak for this sibling. */
    static void addEvidence(Episode e, Siblings siblings, int sibling, List<EvidenceLine> lines) {
        if (siblings.departed(sibling)) {
            lines.add(new EvidenceLine(siblings.departureLine(sibling), "left-same-loop"));
        }
        OffStretch off = siblings.heldUp(sibling);
        if (off != null) {
            lines.add(new EvidenceLine(off.outLine, "holder-preempted"));
            if (off.inNs <= e.latestReleaseNs) {
                lines.add(new EvidenceLine(off.inLine, "holder-resumed"));
            }
        }
    }

    /** What this sibling still had to do. */
    static Residual residual(Episode e, Siblings siblings, int sibling, ContendedLock lock) {
        long from = siblings.departed(sibling) ? siblings.departureNs(sibling) : e.startNs;
        OffStretch off = siblings.heldUp(sibling);
        if (off != null && off.inNs <= e.latestReleaseNs) {
            from = Math.max(from, off.inNs);
        }
        GuestStretches his = siblings.history(sibling).guest;
        long least = his.workNs(from, e.lastSpinNs);
        long most = his.workNs(from, e.latestReleaseNs);
        return new Residual(from, least, lock.likelyNs(least, most), most);
    }
}
