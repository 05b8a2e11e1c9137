package plescope.replay.scheduler;

import plescope.replay.model.CpuSet;
import plescope.replay.policy.EntityView;

/** {@code struct sched_entity}: a vCPU thread, or a cgroup on one pCPU. */
public final class Entity implements EntityView {
    /** Dense vCPU index, -1 for a group. */
    public final int vcpu;

    /** The group's own queue ({@code my_q}), null for a thread. */
    final CfsRunQueue myQueue;

    /** Number of group levels above. */
    final int depth;

    /** pCPUs the thread may use. */
    CpuSet allowed;

    /** The queue it is on, or was on last. */
    CfsRunQueue cfsRq;

    long weight = LoadWeight.NICE_0_LOAD;
    long vruntime;
    long execStart;
    long sumExec;
    long prevSumExec;
    /** Part of its next slice that counts as used; 0 but for exchanges. */
    long carriedRun;

    boolean onRq;

    // EEVDF
    long deadline;
    long slice;
    /** V - v at dequeue; while the entity runs, a copy of the deadline it was picked with (slice protection). */
    long vlag;

    boolean delayed;
    boolean relativeDeadline;

    // wake_wide
    Entity lastWakee;
    int wakeeFlips;
    long wakeeFlipDecayNs;

    Entity(int vcpu, CfsRunQueue myQueue, int depth) {
        this.vcpu = vcpu;
        this.myQueue = myQueue;
        this.depth = depth;
    }

    /** A vCPU thread that no queue has seen yet. */
    static Entity thread(int vcpu, int depth, CpuSet allowed) {
        Entity thread = new Entity(vcpu, null, depth);
        thread.allowed = allowed;
        return thread;
    }

    /** The group entity above, null at the root level. */
    Entity parent() {
        return cfsRq.owner;
    }

    boolean isThread() {
        return myQueue == null;
    }

    /** The pCPU whose queue it is on, or was on last. */
    public int pcpu() {
        return cfsRq.rq.pcpu();
    }

    public boolean allows(int pcpu) {
        return allowed.contains(pcpu);
    }

    /** Runs or may run: queued, and not a blocked thread whose dequeue is delayed. */
    public boolean runnable() {
        return onRq && !delayed;
    }

    @Override
    public EntityView parentEntity() {
        return parent();
    }

    @Override
    public boolean sharesQueueWith(EntityView other) {
        return other instanceof Entity entity && entity.cfsRq == cfsRq;
    }

    @Override
    public long vruntime() {
        return vruntime;
    }

    @Override
    public void setVruntime(long vruntime) {
        this.vruntime = vruntime;
    }

    @Override
    public long toVirtual(long realNs) {
        return LoadWeight.toVirtual(realNs, weight);
    }

    @Override
    public boolean current() {
        return cfsRq.curr == this;
    }

    @Override
    public boolean queued() {
        return onRq;
    }

    @Override
    public int queuedThreads() {
        return cfsRq.hNrRunning;
    }

    @Override
    public void shiftTo(long newVruntime) {
        scheduler().shift(this, newVruntime);
    }

    @Override
    public long deadline() {
        return scheduler().tunables.eevdf() ? deadline : vruntime;
    }

    @Override
    public void setDeadline(long deadline) {
        this.deadline = deadline;
    }

    @Override
    public long sliceNs() {
        return scheduler().tunables.eevdf() ? slice : scheduler().tunables.minGranularity();
    }

    @Override
    public long queueVruntime() {
        return scheduler().queueVruntime(cfsRq);
    }

    @Override
    public boolean eligible() {
        return scheduler().isEligible(this);
    }

    @Override
    public long lagLimit() {
        return scheduler().lagLimit(this);
    }

    @Override
    public void endProtection() {
        scheduler().endProtection(this);
    }

    @Override
    public void exchangeWith(EntityView other) {
        scheduler().exchange(this, (Entity) other);
    }

    private FairScheduler scheduler() {
        return cfsRq.rq.scheduler;
    }
}
