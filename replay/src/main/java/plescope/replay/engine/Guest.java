package plescope.replay.engine;

import plescope.replay.kvm.Vcpu;
import plescope.replay.scheduler.Entity;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.VcpuWork;

/** How far a vCPU's guest has come in its steps. */
final class Guest {
    /** What it does while in guest mode. */
    enum Mode {
        COMPUTE,
        SPIN,
        /** Takes an interrupt although it has no work: it was halted. */
        HANDLER
    }

    final int index;
    final Vcpu vcpu;
    final Entity thread;
    final VcpuWork work;

    int step;
    Mode mode = Mode.COMPUTE;

    /** Part of the current COMPUTE step that is done. */
    long stepDone;

    /** Guest work done: the work offset that others wait for. */
    long offset;

    /** Time in guest mode. */
    long guestNs;

    /** Last VM entry. */
    long entryNs;

    boolean finished;

    /** Host time of a HOST step still to be spent. */
    long hostLeftNs;

    // The spin under way.
    boolean spinning;
    boolean satisfied;
    /** The wait could never have ended and was given up. */
    boolean cut;

    long spinStartNs;
    long spinNs;
    /** Age of the PAUSE loop as the hardware counts it: since VM entry or the start of the loop. */
    long loopNs;

    int pleExits;
    long episode;
    /** Whoever let the spinner go, -1 while unknown. */
    int culprit;

    long releaseNs;
    int unacked;

    // The halt under way.
    boolean haltTaken;
    /** The event it halts for can never come and was given up. */
    boolean haltCut;

    boolean blocked;
    boolean wokenFromBlock;
    long haltStartNs;

    // Totals.
    long totalSpinNs;
    long totalPauseExits;

    Guest(int index, Vcpu vcpu, VcpuWork work) {
        this.index = index;
        this.vcpu = vcpu;
        this.thread = vcpu.thread();
        this.work = work;
    }

    boolean outOfSteps() {
        return step == work.size();
    }

    StepKind kind() {
        return work.kind(step);
    }

    /** Spins, and what it waits for has not happened. */
    boolean waitsSpinning() {
        return spinning && !satisfied;
    }

    /** Books time in guest mode. */
    void spend(long ns) {
        guestNs += ns;
        switch (mode) {
            case COMPUTE -> {
                offset += ns;
                stepDone += ns;
            }
            case SPIN -> {
                spinNs += ns;
                loopNs += ns;
                totalSpinNs += ns;
            }
            case HANDLER -> {
                // A halted guest's interrupt handler is no work of its own.
            }
        }
    }
}
