package plescope.replay.fidelity;

import plescope.replay.scheduler.Entity;

/** A host thread of the log beside its counterpart in the simulated scheduler. */
final class RecordedThread {
    final int tid;
    final Entity entity;

    /** Null for a thread that is no vCPU. */
    final MirroredVcpu vcpu;

    /** Whether the scheduler has seen it: the log has shown it runnable. */
    boolean started;

    /** Switched-out and woken threads wait from then on. */
    long waitingSinceNs;

    /** Of the weight of nice 0, the only one simulated. */
    boolean niceZero = true;

    /** Its guest was left by a PLE exit and neither entered again nor switched out since. */
    boolean atPauseExit;

    /** At that exit the simulated on_spin found a sibling to yield to. */
    boolean yields;

    /** Switched in, but still on the way to {@code kvm_sched_in}: the flags of its vCPU are those of a waiting one. */
    boolean arriving;

    /** Its guest was in its kernel when it was left last. */
    boolean inKernel = true;

    RecordedThread(int tid, Entity entity, MirroredVcpu vcpu) {
        this.tid = tid;
        this.entity = entity;
        this.vcpu = vcpu;
    }

    /** Runs or waits on that pCPU. */
    boolean runnableOn(int pcpu) {
        return started && entity.runnable() && entity.pcpu() == pcpu;
    }
}
