package plescope.replay.engine.reference;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.VcpuWork;

/** One vCPU: its thread as the scheduler sees it, its flags as KVM sees it, its guest's progress. Plain fields, no behaviour. */
final class SlowVcpu {
    final int index;
    final int vm;
    final int number;
    final int pcpu;
    final VcpuWork work;

    // The thread, nice 0 in the root group, so virtual time runs as real time does.
    long vruntime;
    long execStart;
    long sumExec;
    long sumAtPick;
    long deadline;
    /** EEVDF: V - v when it left its queue; in 6.12, while it runs, the deadline it was picked with. */
    long lag;

    long protectedUntil;

    boolean onQueue;
    boolean delayed;
    /** When it was put among the waiting ones: equal keys keep that order. */
    long arrival;

    // KVM's flags.
    boolean preempted;
    boolean ready;
    boolean blocking;
    boolean pendingInterrupt;
    boolean inSpinLoop;
    boolean dyEligible;
    /** What on_spin stores as last boosted once it returns, -1 for nothing. */
    int boosted = -1;

    long window;
    long haltPoll;
    long haltStart;
    boolean blocked;
    boolean woken;

    // The guest.
    int step;
    long stepDone;
    long offset;
    long guestTime;
    boolean finished;
    boolean computing = true;
    boolean inHandler;
    boolean spinning;
    boolean satisfied;
    long loopAge;
    long spinTime;
    int unacked;
    boolean halting;
    long pauseExits;
    final List<SlowIpi> inbox = new ArrayList<>();

    SlowVcpu(int index, int vm, int number, int pcpu, VcpuWork work) {
        this.index = index;
        this.vm = vm;
        this.number = number;
        this.pcpu = pcpu;
        this.work = work;
    }

    boolean outOfSteps() {
        return step == work.size();
    }

    StepKind kind() {
        return work.kind(step);
    }

    boolean runnable() {
        return onQueue && !delayed;
    }

    /** An interrupt between two vCPUs. */
    static final class SlowIpi {
        boolean sent;
        boolean delivered;
        boolean acked;
        long ackAtGuestTime;
        SlowVcpu waiter;
    }
}
