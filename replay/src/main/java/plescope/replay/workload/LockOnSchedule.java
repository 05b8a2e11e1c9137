package plescope.replay.workload;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import plescope.replay.spin.GuestSamples;
import plescope.replay.workload.WorkloadLock.Discipline;

/**
 * Lets the vCPUs of one VM take a lock over and over while they run when the log says they ran: how much would they have spun, and
 * how often would the lock have changed hands?
 *
 * <p>A vCPU works {@code betweenNs} on average (exponential), takes the lock, works {@code heldNs} and lets go. A lock with a queue
 * starts with all in it: convoys outlive recordings, and before one has formed a lock changes hands more often in milliseconds than
 * afterwards in seconds. Where a convoy does not last it dissolves as fast. This answers what
 * samples alone do not: which lock use explains the share of spinning seen under this very schedule.
 */
final class LockOnSchedule {
    /** Steps of one go; enough for errors of a percent or two, few enough to try dozens of uses [I]. */
    static final int MAX_EVENTS = 200_000;

    /** How much coarser the lock is used where the log is too long for the steps of one go. */
    private static final int COARSER = 4;

    private enum Phase {
        BETWEEN,
        WAITING,
        HOLDING
    }

    private static final int NOBODY = -1;

    private final List<GuestSamples> vcpus;
    private final Discipline discipline;
    private final double betweenNs;
    private final long heldNs;
    private final SplittableRandom random;

    private final Phase[] phase;
    private final long[] leftNs;
    private final int[] run;
    private final boolean[] running;
    private final ArrayDeque<Integer> queue = new ArrayDeque<>();
    private int owner = NOBODY;
    private long ranNs;
    private long spunNs;
    private long takings;

    /**
     * What came of it.
     *
     * @param ranNs time the vCPUs ran
     * @param spunNs part of it spent waiting for the lock
     * @param takings about how often the lock was let go
     */
    record Outcome(long ranNs, long spunNs, long takings) {
        double spinShare() {
            return ranNs == 0 ? 0 : (double) spunNs / ranNs;
        }
    }

    private LockOnSchedule(
            List<GuestSamples> vcpus, Discipline discipline, double betweenNs, long heldNs, SplittableRandom random) {
        this.vcpus = vcpus;
        this.discipline = discipline;
        this.betweenNs = betweenNs;
        this.heldNs = heldNs;
        this.random = random;
        phase = new Phase[vcpus.size()];
        Arrays.fill(phase, discipline == Discipline.FIFO ? Phase.WAITING : Phase.BETWEEN);
        leftNs = new long[vcpus.size()];
        run = new int[vcpus.size()];
        running = new boolean[vcpus.size()];
    }

    /**
     * Goes through all recorded runs. Where that takes too many steps, sections and pauses between them are longer and fewer: what counts for
     * spinning is how likely a preemption hits a section, not how long a section is, as long as both are short against a slice.
     */
    static Outcome play(
            List<GuestSamples> vcpus, Discipline discipline, double betweenNs, long heldNs, SplittableRandom random) {
        long coarse = 1;
        LockOnSchedule tried = new LockOnSchedule(vcpus, discipline, betweenNs, heldNs, random);
        while (!tried.played()) {
            coarse *= COARSER;
            tried = new LockOnSchedule(vcpus, discipline, betweenNs * coarse, heldNs * coarse, random);
        }
        return new Outcome(tried.ranNs, tried.spunNs, tried.takings * coarse);
    }

    /** Whether the steps reached to the end of the log. */
    private boolean played() {
        for (int v = 0; v < leftNs.length; v++) {
            leftNs[v] = drawBetween();
            if (phase[v] == Phase.WAITING) {
                queue.add(v);
            }
        }
        long now = Long.MIN_VALUE;
        for (int events = 0; events < MAX_EVENTS; events++) {
            long then = nextEvent(now);
            if (then == Long.MAX_VALUE) {
                return true;
            }
            advance(then - now);
            now = then;
            switchRuns(now);
            goOn();
        }
        return false;
    }

    private long nextEvent(long now) {
        long next = Long.MAX_VALUE;
        for (int v = 0; v < run.length; v++) {
            GuestSamples runs = vcpus.get(v);
            if (run[v] < runs.runs()) {
                next = Math.min(next, running[v] ? runs.runEndNs(run[v]) : runs.runStartNs(run[v]));
            }
            if (running[v] && phase[v] != Phase.WAITING) {
                next = Math.min(next, now + leftNs[v]);
            }
        }
        return next;
    }

    private void advance(long stepNs) {
        for (int v = 0; v < run.length; v++) {
            if (running[v]) {
                ranNs += stepNs;
                if (phase[v] == Phase.WAITING) {
                    spunNs += stepNs;
                } else {
                    leftNs[v] -= stepNs;
                }
            }
        }
    }

    private void switchRuns(long now) {
        for (int v = 0; v < run.length; v++) {
            GuestSamples runs = vcpus.get(v);
            if (running[v] && runs.runEndNs(run[v]) <= now) {
                running[v] = false;
                run[v]++;
            }
            if (!running[v] && run[v] < runs.runs() && runs.runStartNs(run[v]) <= now) {
                running[v] = true;
            }
        }
    }

    /** Ends what is through. */
    private void goOn() {
        for (int v = 0; v < run.length; v++) {
            if (!running[v]) {
                continue;
            }
            if (phase[v] == Phase.HOLDING && leftNs[v] <= 0) {
                release(v);
            }
            if (phase[v] == Phase.BETWEEN && leftNs[v] <= 0) {
                phase[v] = Phase.WAITING;
                queue.add(v);
            }
            if (phase[v] == Phase.WAITING && owner == NOBODY && mayTake(v)) {
                take(v);
            }
        }
    }

    private boolean mayTake(int vcpu) {
        return discipline == Discipline.BARGING || queue.peekFirst() == vcpu;
    }

    private void take(int vcpu) {
        queue.remove(vcpu);
        owner = vcpu;
        phase[vcpu] = Phase.HOLDING;
        leftNs[vcpu] = heldNs;
    }

    /** Passes a queued lock on, to a preempted waiter too; else the first waiter that runs has it. */
    private void release(int vcpu) {
        takings++;
        owner = NOBODY;
        phase[vcpu] = Phase.BETWEEN;
        leftNs[vcpu] = drawBetween();
        for (int waiter : queue) {
            if (discipline == Discipline.FIFO || running[waiter]) {
                take(waiter);
                return;
            }
        }
    }

    private long drawBetween() {
        return Math.round(-StrictMath.log(1 - random.nextDouble()) * betweenNs);
    }
}
