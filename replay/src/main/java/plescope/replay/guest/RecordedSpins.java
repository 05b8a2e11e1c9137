package plescope.replay.guest;

import plescope.replay.model.Wait;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.Workload;

/** Whom the spinners of recorded work wait for: another's work, a lock's owner, receivers of IPIs, or nobody in particular. */
final class RecordedSpins {
    static final int NOBODY = -1;

    final WorkWaits forWork;
    final RecordedLocks locks;
    final SentIpis ipis;
    private final StepCursor at;

    /** Spins, and what it waits for has not happened. */
    private final boolean[] waiting;

    private long cuts;

    RecordedSpins(Workload work, StepCursor at) {
        this.at = at;
        forWork = new WorkWaits(work.vcpuCount());
        locks = new RecordedLocks(work);
        ipis = new SentIpis(work);
        waiting = new boolean[work.vcpuCount()];
    }

    boolean isWaiting(int vcpu) {
        return waiting[vcpu];
    }

    void stop(int vcpu) {
        waiting[vcpu] = false;
    }

    /** The vCPU waits from now on, unless that closes a ring of vCPUs that wait for each other: then its wait is cut, and false told. */
    boolean begin(int spinner) {
        waiting[spinner] = true;
        if (!closesRing(spinner)) {
            return true;
        }
        cuts++;
        giveUp(spinner);
        return false;
    }

    private boolean closesRing(int spinner) {
        int blocker = spinner;
        for (int hops = 0; hops <= waiting.length; hops++) {
            blocker = waitedFor(blocker);
            if (blocker == NOBODY || blocker == spinner) {
                return blocker == spinner;
            }
            if (!waiting[blocker]) {
                return false;
            }
        }
        return false;
    }

    /** The one vCPU that a spinner for work or for a lock waits for, else nobody. */
    private int waitedFor(int spinner) {
        return switch (at.kind(spinner)) {
            case SPIN_UNTIL_WORK -> at.ref(spinner);
            case ACQUIRE -> locks.owner(at.ref(spinner));
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

    /** The wait is over, whatever it was for. */
    void giveUp(int vcpu) {
        if (at.kind(vcpu) == StepKind.SPIN_UNTIL_WORK) {
            forWork.remove(at.ref(vcpu), vcpu);
        } else if (at.kind(vcpu) == StepKind.SPIN_UNTIL_ACKED) {
            ipis.forget(at.ref(vcpu), at.ns(vcpu));
        } else if (at.kind(vcpu) == StepKind.ACQUIRE) {
            locks.forget(at.ref(vcpu), vcpu);
        }
        waiting[vcpu] = false;
    }

    int blocker(int spinner, VirtualCpus cpus) {
        return at.kind(spinner) == StepKind.SPIN_UNTIL_ACKED
                ? ipis.slowReceiver(at.ref(spinner), at.ns(spinner), cpus)
                : waitedFor(spinner);
    }

    boolean waitsFor(int spinner, int other) {
        return at.kind(spinner) == StepKind.SPIN_UNTIL_ACKED
                ? ipis.unackedBy(other, at.ref(spinner), at.ns(spinner))
                : waitedFor(spinner) == other;
    }

    /** What a perfect observer would call a spin of that kind. */
    static Wait.Cause cause(StepKind kind) {
        return switch (kind) {
            case SPIN_UNTIL_WORK, ACQUIRE -> Wait.Cause.LOCK;
            case SPIN_UNTIL_ACKED -> Wait.Cause.IPI;
            case SPIN_FOR, COMPUTE, RELEASE, SEND_IPI, HOST, HALT_UNTIL_IPI, HALT_FOR, HALT_UNTIL_TIME ->
                Wait.Cause.UNKNOWN;
        };
    }

    /** Rings that were cut. */
    long cuts() {
        return cuts;
    }
}
