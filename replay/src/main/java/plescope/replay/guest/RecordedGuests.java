package plescope.replay.guest;

import java.util.Comparator;
import java.util.stream.IntStream;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.Roster;
import plescope.replay.model.Wait;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.Workload;

/**
 * Guests that repeat recorded work: each vCPU does its steps in order, and only computing advances its work offset, for which
 * spinners wait. Interrupt handlers are part of the recorded work, so they delay nothing.
 *
 * <p>The run is done when the first vCPU runs out of steps whose total work is at least 5 % of its VM's largest: so that rates are
 * measured under full contention. A vCPU that halts, or is out of steps, lets go whoever waits for its work: it holds no spinlock
 * [I]. A ring of spinners that wait for each other's work is cut when it closes.
 */
public final class RecordedGuests implements GuestSoftware {
    /** Recorded work knows IPIs by their ids, not by vectors. */
    private static final int VECTOR = 0;

    /** No spinlock is held for longer than this much guest work [I]. */
    private static final long LONGEST_HOLD_NS = 1_000_000;

    private static final long NO_IPI = -1;
    private static final int NOBODY = -1;
    private static final long EVERYTHING = Long.MAX_VALUE - 1;
    private static final Family[] FAMILIES = Family.values();

    private final Workload work;
    private final HostCosts costs;
    private final WorkWaits waits;
    private final RecordedLocks locks;
    private final SentIpis ipis;
    private final RecordedUserMode userMode;
    private final long[] leastWorkToEnd;
    private VirtualCpus cpus;

    // Per vCPU.
    private final int[] step;
    /** Told to do the present step. */
    private final boolean[] begun;
    /** Spins, and what it waits for has not happened. */
    private final boolean[] waiting;
    /** In a HALT step. */
    private final boolean[] halted;

    /** When that step's timer rings, unless it waits for an IPI. */
    private final long[] haltEndNs;

    private final boolean[] haltCut;
    private final boolean[] timerArmed;
    private final boolean[] finished;
    /** Work done before the present piece, the piece's length, and how much of its step is done before it. */
    private final long[] done;

    private final long[] piece;
    private final long[] stepDone;

    private int endedBy = NOBODY;
    private long cuts;

    public RecordedGuests(Workload work, HostCosts costs) {
        this.work = work;
        this.costs = costs;
        int vcpus = work.vcpuCount();
        waits = new WorkWaits(vcpus);
        locks = new RecordedLocks(work);
        ipis = new SentIpis(work);
        userMode = new RecordedUserMode(work);
        leastWorkToEnd = leastWorkToEnd(work);
        step = new int[vcpus];
        begun = new boolean[vcpus];
        waiting = new boolean[vcpus];
        halted = new boolean[vcpus];
        haltEndNs = new long[vcpus];
        haltCut = new boolean[vcpus];
        timerArmed = new boolean[vcpus];
        finished = new boolean[vcpus];
        done = new long[vcpus];
        piece = new long[vcpus];
        stepDone = new long[vcpus];
    }

    private static long[] leastWorkToEnd(Workload work) {
        long[] largest = new long[work.roster().vms().size()];
        for (Roster.Vcpu vcpu : work.roster().vcpus()) {
            long total = work.work(vcpu.index()).totalWorkNs();
            largest[vcpu.vm()] = Math.max(largest[vcpu.vm()], total);
        }
        long[] least = new long[work.vcpuCount()];
        for (Roster.Vcpu vcpu : work.roster().vcpus()) {
            least[vcpu.index()] = Math.max(1, largest[vcpu.vm()] / 20);
        }
        return least;
    }

    @Override
    public Roster roster() {
        return work.roster();
    }

    @Override
    public void boot(VirtualCpus host) {
        this.cpus = host;
        queueUp();
    }

    /** Whose work begins with a lock waits for it already, though it has not run yet. */
    private void queueUp() {
        IntStream.range(0, step.length)
                .filter(vcpu -> !outOfSteps(vcpu) && kind(vcpu) == StepKind.ACQUIRE)
                .boxed()
                .sorted(Comparator.comparingLong(this::ns))
                .forEach(vcpu -> locks.take(ref(vcpu), vcpu));
    }

    // Steps.

    @Override
    public void proceed(int vcpu) {
        computed(vcpu);
        boolean told = false;
        while (!told) {
            told = outOfSteps(vcpu) ? finish(vcpu) : takeStep(vcpu);
        }
    }

    private boolean outOfSteps(int vcpu) {
        return step[vcpu] == work.work(vcpu).size();
    }

    private StepKind kind(int vcpu) {
        return work.work(vcpu).kind(step[vcpu]);
    }

    private long ns(int vcpu) {
        return work.work(vcpu).ns(step[vcpu]);
    }

    private int ref(int vcpu) {
        return work.work(vcpu).ref(step[vcpu]);
    }

    private boolean next(int vcpu) {
        step[vcpu]++;
        begun[vcpu] = false;
        stepDone[vcpu] = 0;
        return false;
    }

    /** Whether the vCPU was told something; else the step is over. */
    private boolean takeStep(int vcpu) {
        return switch (kind(vcpu)) {
            case COMPUTE -> compute(vcpu);
            case SPIN_UNTIL_WORK, SPIN_UNTIL_ACKED, SPIN_FOR -> begun[vcpu] ? next(vcpu) : spin(vcpu);
            case ACQUIRE -> acquire(vcpu);
            case RELEASE -> release(vcpu);
            case SEND_IPI -> send(vcpu);
            case HOST -> begun[vcpu] ? next(vcpu) : host(vcpu);
            case HALT_UNTIL_IPI, HALT_FOR, HALT_UNTIL_TIME -> halt(vcpu);
        };
    }

    /** Computes up to the end of the step, or to the offset that somebody waits for. */
    private boolean compute(int vcpu) {
        long left = ns(vcpu) - stepDone[vcpu];
        if (left <= 0) {
            return next(vcpu);
        }
        piece[vcpu] = Math.min(left, waits.least(vcpu) - done[vcpu]);
        cpus.compute(vcpu, piece[vcpu], Privilege.KERNEL, true);
        return true;
    }

    /** Books the piece that is through. */
    private void computed(int vcpu) {
        if (piece[vcpu] > 0) {
            done[vcpu] += piece[vcpu];
            stepDone[vcpu] += piece[vcpu];
            piece[vcpu] = 0;
            letGo(vcpu, done[vcpu]);
        }
    }

    private long offset(int vcpu) {
        return piece[vcpu] == 0 ? done[vcpu] : done[vcpu] + piece[vcpu] - cpus.leftNs(vcpu);
    }

    /** Spins until the lock is the vCPU's own, or the wait was cut: then it goes on without. */
    private boolean acquire(int vcpu) {
        boolean cut = begun[vcpu] && !waiting[vcpu];
        if (cut || locks.take(ref(vcpu), vcpu)) {
            waiting[vcpu] = false;
            return next(vcpu);
        }
        begun[vcpu] = true;
        waiting[vcpu] = true;
        if (closesRing(vcpu)) {
            cuts++;
            giveUp(vcpu);
            return next(vcpu);
        }
        cpus.spin(vcpu, Long.MAX_VALUE, Privilege.KERNEL, Wait.Cause.LOCK);
        return true;
    }

    private boolean release(int vcpu) {
        locks.release(ref(vcpu), vcpu, cpus);
        return next(vcpu);
    }

    private boolean send(int vcpu) {
        int ipi = ref(vcpu);
        if (ipis.send(ipi)) {
            cpus.sendIpi(vcpu, work.ipiReceiver(ipi), VECTOR, ipi, 1);
        }
        return next(vcpu);
    }

    private boolean host(int vcpu) {
        begun[vcpu] = true;
        int family = ref(vcpu);
        boolean known = family >= 0 && family < FAMILIES.length;
        cpus.exit(vcpu, known ? FAMILIES[family] : Family.OTHER, ns(vcpu));
        return true;
    }

    /** Out of steps: handles interrupts and halts, for ever. */
    private boolean finish(int vcpu) {
        if (!finished[vcpu]) {
            finished[vcpu] = true;
            letGo(vcpu, EVERYTHING);
            if (endedBy == NOBODY && work.work(vcpu).totalWorkNs() >= leastWorkToEnd[vcpu]) {
                endedBy = vcpu;
            }
        }
        cpus.halt(vcpu);
        return true;
    }

    // Halts.

    private boolean halt(int vcpu) {
        if (timerArmed[vcpu]) {
            timerArmed[vcpu] = false;
            cpus.disarmTimer(vcpu);
        }
        if (halted[vcpu] && haltOver(vcpu)) {
            halted[vcpu] = false;
            haltCut[vcpu] = false;
            return next(vcpu);
        }
        if (!halted[vcpu]) {
            halted[vcpu] = true;
            haltEndNs[vcpu] = kind(vcpu) == StepKind.HALT_FOR ? cpus.now() + ns(vcpu) : ns(vcpu);
        }
        letGo(vcpu, EVERYTHING);
        if (kind(vcpu) != StepKind.HALT_UNTIL_IPI && !haltOver(vcpu) && !ipis.unhandled(vcpu)) {
            timerArmed[vcpu] = true;
            cpus.armTimer(vcpu, haltEndNs[vcpu], VECTOR, NO_IPI);
        }
        cpus.halt(vcpu);
        return true;
    }

    /** Recorded waits may be over before they begin. */
    @Override
    public boolean haltOver(int vcpu) {
        if (outOfSteps(vcpu)) {
            return false;
        }
        return haltCut[vcpu]
                || (kind(vcpu) == StepKind.HALT_UNTIL_IPI
                        ? ipis.sent(ref(vcpu))
                        : halted[vcpu] && cpus.now() >= haltEndNs[vcpu]);
    }

    // Spins.

    private boolean spin(int vcpu) {
        begun[vcpu] = true;
        StepKind kind = kind(vcpu);
        boolean over =
                switch (kind) {
                    case SPIN_UNTIL_WORK -> reachedOrWait(vcpu, ref(vcpu), ns(vcpu));
                    case SPIN_UNTIL_ACKED -> ipis.ackedOrWait(vcpu, ref(vcpu), ns(vcpu));
                    case SPIN_FOR,
                            COMPUTE,
                            ACQUIRE,
                            RELEASE,
                            SEND_IPI,
                            HOST,
                            HALT_UNTIL_IPI,
                            HALT_FOR,
                            HALT_UNTIL_TIME -> false;
                };
        waiting[vcpu] = !over;
        if (!over && closesRing(vcpu)) {
            cuts++;
            giveUp(vcpu);
            over = true;
        }
        if (over) {
            cpus.release(vcpu, NOBODY);
        }
        cpus.spin(vcpu, kind == StepKind.SPIN_FOR ? ns(vcpu) : Long.MAX_VALUE, Privilege.KERNEL, cause(kind));
        return true;
    }

    private static Wait.Cause cause(StepKind kind) {
        return switch (kind) {
            case SPIN_UNTIL_WORK -> Wait.Cause.LOCK;
            case SPIN_UNTIL_ACKED -> Wait.Cause.IPI;
            case SPIN_FOR, COMPUTE, ACQUIRE, RELEASE, SEND_IPI, HOST, HALT_UNTIL_IPI, HALT_FOR, HALT_UNTIL_TIME ->
                Wait.Cause.UNKNOWN;
        };
    }

    /**
     * Whether {@code target} has done {@code offset} of work, has no more to do, or halts; else {@code waiter} waits for it. A
     * guest that halts, or has more work before it than any spinlock is held for, does not hold this one: the recorded wait met it
     * at another moment of its work [I].
     */
    private boolean reachedOrWait(int waiter, int target, long offset) {
        long missing = offset - offset(target);
        if (finished[target] || halted[target] || missing <= 0 || missing > LONGEST_HOLD_NS) {
            return true;
        }
        waits.add(target, waiter, offset);
        if (piece[target] > 0 && offset < done[target] + piece[target] && target != waiter) {
            cpus.setLeftNs(target, offset - offset(target));
            piece[target] = offset - done[target];
        }
        return false;
    }

    /** Lets go everybody who waits for no more than {@code reached}. */
    private void letGo(int vcpu, long reached) {
        int waiter = waits.takeReached(vcpu, reached);
        while (waiter != WorkWaits.NOBODY) {
            waiting[waiter] = false;
            cpus.release(waiter, vcpu);
            waiter = waits.takeReached(vcpu, reached);
        }
    }

    /** Whether {@code spinner}, which begins to wait, closes a ring of vCPUs that wait for each other's work. */
    private boolean closesRing(int spinner) {
        int blocker = spinner;
        for (int hops = 0; hops <= step.length; hops++) {
            int next = waitedFor(blocker);
            if (next == NOBODY) {
                return false;
            }
            blocker = next;
            if (blocker == spinner) {
                return true;
            }
            if (!waiting[blocker]) {
                return false;
            }
        }
        return false;
    }

    /** The one vCPU that a spinner for work or for a lock waits for, else nobody. */
    private int waitedFor(int spinner) {
        return switch (kind(spinner)) {
            case SPIN_UNTIL_WORK -> ref(spinner);
            case ACQUIRE -> locks.owner(ref(spinner));
            case SPIN_UNTIL_ACKED,
                    SPIN_FOR,
                    COMPUTE,
                    RELEASE,
                    SEND_IPI,
                    HOST,
                    HALT_UNTIL_IPI,
                    HALT_FOR,
                    HALT_UNTIL_TIME -> NOBODY;
        };
    }

    private void giveUp(int vcpu) {
        if (kind(vcpu) == StepKind.SPIN_UNTIL_WORK) {
            waits.remove(ref(vcpu), vcpu);
        } else if (kind(vcpu) == StepKind.SPIN_UNTIL_ACKED) {
            ipis.forget(ref(vcpu), ns(vcpu));
        } else if (kind(vcpu) == StepKind.ACQUIRE) {
            locks.forget(ref(vcpu), vcpu);
        }
        waiting[vcpu] = false;
    }

    @Override
    public void cut(int vcpu) {
        if (halted[vcpu]) {
            haltCut[vcpu] = true;
        } else {
            giveUp(vcpu);
        }
    }

    /** If every vCPU that has steps left is asleep until an IPI comes, no IPI will come: lets the first one go on. */
    @Override
    public int stuckHalt(int vm) {
        int first = NOBODY;
        for (int vcpu = 0; vcpu < step.length; vcpu++) {
            if (work.roster().vcpus().get(vcpu).vm() == vm && !finished[vcpu]) {
                if (!halted[vcpu] || kind(vcpu) != StepKind.HALT_UNTIL_IPI) {
                    return NOBODY;
                }
                first = first == NOBODY ? vcpu : first;
            }
        }
        return first;
    }

    // Interrupts.

    @Override
    public void handled(int vcpu, int vector, long tag) {
        if (tag == NO_IPI) {
            return;
        }
        int waiter = ipis.acknowledge((int) tag);
        if (waiter != SentIpis.NONE) {
            waiting[waiter] = false;
            cpus.release(waiter, vcpu);
        }
    }

    @Override
    public long handlerNs(int vcpu, int vector, long tag) {
        return tag == NO_IPI ? 0 : costs.ackNs();
    }

    @Override
    public boolean handlersOverlap() {
        return true;
    }

    // Questions.

    @Override
    public int blocker(int spinner) {
        return kind(spinner) == StepKind.SPIN_UNTIL_ACKED
                ? ipis.slowReceiver(ref(spinner), ns(spinner), cpus)
                : waitedFor(spinner);
    }

    @Override
    public boolean waitsFor(int spinner, int other) {
        return kind(spinner) == StepKind.SPIN_UNTIL_ACKED
                ? ipis.unackedBy(other, ref(spinner), ns(spinner))
                : waitedFor(spinner) == other;
    }

    @Override
    public boolean critical(int vcpu) {
        return locks.holdsAny(vcpu);
    }

    @Override
    public boolean inKernel(int vcpu, Privilege told) {
        return piece[vcpu] == 0 || critical(vcpu) || !userMode.at(vcpu, cpus.now());
    }

    @Override
    public boolean done() {
        return endedBy >= 0;
    }

    /** The vCPU whose work ran out and ended the run, -1 where none did. */
    public int endedBy() {
        return endedBy;
    }

    /** Rings of spinners that were cut. */
    public long cuts() {
        return cuts;
    }

    /** Whether the vCPU is out of steps. */
    public boolean finished(int vcpu) {
        return finished[vcpu];
    }
}
