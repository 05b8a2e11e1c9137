package plescope.replay.guest;

import java.util.Comparator;
import java.util.stream.IntStream;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.Roster;
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
    private final StepCursor at;
    private final RecordedSpins spins;
    private final RecordedUserMode userMode;
    private final long[] leastWorkToEnd;
    private VirtualCpus cpus;

    // Per vCPU.
    /** In a HALT step. */
    private final boolean[] halted;

    /** When that step's timer rings, unless it waits for an IPI. */
    private final long[] haltEndNs;

    private final boolean[] haltCut;
    private final boolean[] timerArmed;
    private final boolean[] finished;
    /** Work done before the present piece, and the piece's length. */
    private final long[] done;

    private final long[] piece;

    private int endedBy = NOBODY;

    public RecordedGuests(Workload work, HostCosts costs) {
        this.work = work;
        this.costs = costs;
        int vcpus = work.vcpuCount();
        at = new StepCursor(work);
        spins = new RecordedSpins(work, at);
        userMode = new RecordedUserMode(work);
        leastWorkToEnd = leastWorkToEnd(work);
        halted = new boolean[vcpus];
        haltEndNs = new long[vcpus];
        haltCut = new boolean[vcpus];
        timerArmed = new boolean[vcpus];
        finished = new boolean[vcpus];
        done = new long[vcpus];
        piece = new long[vcpus];
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
        IntStream.range(0, work.vcpuCount())
                .filter(vcpu -> !at.atEnd(vcpu) && at.kind(vcpu) == StepKind.ACQUIRE)
                .boxed()
                .sorted(Comparator.comparingLong(at::ns))
                .forEach(vcpu -> spins.locks.take(at.ref(vcpu), vcpu));
    }

    // Steps.

    @Override
    public void proceed(int vcpu) {
        computed(vcpu);
        boolean told = false;
        while (!told) {
            told = at.atEnd(vcpu) ? finish(vcpu) : takeStep(vcpu);
        }
    }

    private boolean next(int vcpu) {
        at.next(vcpu);
        return false;
    }

    /** Whether the vCPU was told something; else the step is over. */
    private boolean takeStep(int vcpu) {
        return switch (at.kind(vcpu)) {
            case COMPUTE -> compute(vcpu);
            case SPIN_UNTIL_WORK, SPIN_UNTIL_ACKED, SPIN_FOR -> at.begun(vcpu) ? next(vcpu) : spin(vcpu);
            case ACQUIRE -> acquire(vcpu);
            case RELEASE -> release(vcpu);
            case SEND_IPI -> send(vcpu);
            case HOST -> at.begun(vcpu) ? next(vcpu) : host(vcpu);
            case HALT_UNTIL_IPI, HALT_FOR, HALT_UNTIL_TIME -> halt(vcpu);
        };
    }

    /** Computes up to the end of the step, or to the offset that somebody waits for. */
    private boolean compute(int vcpu) {
        long left = at.leftNs(vcpu);
        if (left <= 0) {
            return next(vcpu);
        }
        piece[vcpu] = Math.min(left, spins.forWork.least(vcpu) - done[vcpu]);
        cpus.compute(vcpu, piece[vcpu], Privilege.KERNEL, true);
        return true;
    }

    /** Books the piece that is through. */
    private void computed(int vcpu) {
        if (piece[vcpu] > 0) {
            done[vcpu] += piece[vcpu];
            at.did(vcpu, piece[vcpu]);
            piece[vcpu] = 0;
            letGo(vcpu, done[vcpu]);
        }
    }

    private long offset(int vcpu) {
        return piece[vcpu] == 0 ? done[vcpu] : done[vcpu] + piece[vcpu] - cpus.leftNs(vcpu);
    }

    /** Spins until the lock is the vCPU's own, or the wait was cut: then it goes on without. */
    private boolean acquire(int vcpu) {
        boolean cut = at.begun(vcpu) && !spins.isWaiting(vcpu);
        if (cut || spins.locks.take(at.ref(vcpu), vcpu)) {
            spins.stop(vcpu);
            return next(vcpu);
        }
        at.begin(vcpu);
        if (!spins.begin(vcpu)) {
            return next(vcpu);
        }
        cpus.spin(vcpu, Long.MAX_VALUE, Privilege.KERNEL, RecordedSpins.cause(StepKind.ACQUIRE));
        return true;
    }

    private boolean release(int vcpu) {
        spins.locks.release(at.ref(vcpu), vcpu, cpus);
        return next(vcpu);
    }

    private boolean send(int vcpu) {
        int ipi = at.ref(vcpu);
        if (spins.ipis.send(ipi)) {
            cpus.sendIpi(vcpu, work.ipiReceiver(ipi), VECTOR, ipi, 1);
        }
        return next(vcpu);
    }

    private boolean host(int vcpu) {
        at.begin(vcpu);
        int family = at.ref(vcpu);
        boolean known = family >= 0 && family < FAMILIES.length;
        cpus.exit(vcpu, known ? FAMILIES[family] : Family.OTHER, at.ns(vcpu));
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
            haltEndNs[vcpu] = at.kind(vcpu) == StepKind.HALT_FOR ? cpus.now() + at.ns(vcpu) : at.ns(vcpu);
        }
        letGo(vcpu, EVERYTHING);
        if (at.kind(vcpu) != StepKind.HALT_UNTIL_IPI && !haltOver(vcpu) && !spins.ipis.unhandled(vcpu)) {
            timerArmed[vcpu] = true;
            cpus.armTimer(vcpu, haltEndNs[vcpu], VECTOR, NO_IPI);
        }
        cpus.halt(vcpu);
        return true;
    }

    /** Recorded waits may be over before they begin. */
    @Override
    public boolean haltOver(int vcpu) {
        if (at.atEnd(vcpu)) {
            return false;
        }
        return haltCut[vcpu]
                || (at.kind(vcpu) == StepKind.HALT_UNTIL_IPI
                        ? spins.ipis.sent(at.ref(vcpu))
                        : halted[vcpu] && cpus.now() >= haltEndNs[vcpu]);
    }

    // Spins.

    private boolean spin(int vcpu) {
        at.begin(vcpu);
        StepKind kind = at.kind(vcpu);
        boolean over =
                switch (kind) {
                    case SPIN_UNTIL_WORK -> reachedOrWait(vcpu, at.ref(vcpu), at.ns(vcpu));
                    case SPIN_UNTIL_ACKED -> spins.ipis.ackedOrWait(vcpu, at.ref(vcpu), at.ns(vcpu));
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
        if (over) {
            spins.stop(vcpu);
        } else {
            over = !spins.begin(vcpu);
        }
        if (over) {
            cpus.release(vcpu, NOBODY);
        }
        cpus.spin(
                vcpu,
                kind == StepKind.SPIN_FOR ? at.ns(vcpu) : Long.MAX_VALUE,
                Privilege.KERNEL,
                RecordedSpins.cause(kind));
        return true;
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
        spins.forWork.add(target, waiter, offset);
        if (piece[target] > 0 && offset < done[target] + piece[target] && target != waiter) {
            cpus.setLeftNs(target, offset - offset(target));
            piece[target] = offset - done[target];
        }
        return false;
    }

    /** Lets go everybody who waits for no more than {@code reached}. */
    private void letGo(int vcpu, long reached) {
        int waiter = spins.forWork.takeReached(vcpu, reached);
        while (waiter != WorkWaits.NOBODY) {
            spins.stop(waiter);
            cpus.release(waiter, vcpu);
            waiter = spins.forWork.takeReached(vcpu, reached);
        }
    }

    @Override
    public void cut(int vcpu) {
        if (halted[vcpu]) {
            haltCut[vcpu] = true;
        } else {
            spins.giveUp(vcpu);
        }
    }

    /** If every vCPU that has steps left is asleep until an IPI comes, no IPI will come: lets the first one go on. */
    @Override
    public int stuckHalt(int vm) {
        int first = NOBODY;
        for (int vcpu = 0; vcpu < work.vcpuCount(); vcpu++) {
            if (work.roster().vcpus().get(vcpu).vm() == vm && !finished[vcpu]) {
                if (!halted[vcpu] || at.kind(vcpu) != StepKind.HALT_UNTIL_IPI) {
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
        int waiter = spins.ipis.acknowledge((int) tag);
        if (waiter != SentIpis.NONE) {
            spins.stop(waiter);
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
        return spins.blocker(spinner, cpus);
    }

    @Override
    public boolean waitsFor(int spinner, int other) {
        return spins.waitsFor(spinner, other);
    }

    @Override
    public boolean critical(int vcpu) {
        return spins.locks.holdsAny(vcpu);
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
        return spins.cuts();
    }

    /** Whether the vCPU is out of steps. */
    public boolean finished(int vcpu) {
        return finished[vcpu];
    }
}
