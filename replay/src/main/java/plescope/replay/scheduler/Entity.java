package plescope.replay.scheduler;

import plescope.replay.model.CpuSet;
import plescope.replay.policy.EntityView;

/** {@code struct sched_entity}: a vCPU thread, or a cgroup on one pCPU. */
public final class Entity implements EntityView {
    /** Dense vCPU index, -1 for a group. */
    public final int vcpu;

    /** The group's own queue ({@code my_q}), null for a thread. */
    final CfsRunQueue myQueue;

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

    /** Up to which virtual time its slice is protected, where that is not told by {@link #vlag}. */
    long vprot;

    /** Its request is its own, not the base slice. */
    boolean customSlice;

    boolean delayed;
    boolean relativeDeadline;

    // wake_wide
    Entity lastWakee;
    int wakeeFlips;
    long wakeeFlipDecayNs;

    /** {@code recent_used_cpu}, -1 at first. */
    int recentPcpu = -1;

    Entity(int vcpu, CfsRunQueue myQueue) {
        this.vcpu = vcpu;
        this.myQueue = myQueue;
    }

    /** A vCPU thread that no queue has seen yet. */
    static Entity thread(int vcpu, CpuSet allowed) {
        Entity thread = new Entity(vcpu, null);
        thread.allowed = allowed;
        return thread;
    }

    /** The group entity above, null at the root level. */
    Entity parent() {
        return cfsRq.owner;
    }

    /**
     * This thread, or the group of it that competes with {@code other} or a group of that on one queue; both are threads of
     * equal depth ({@code find_matching_se}).
     */
    Entity competingWith(Entity other) {
        Entity mine = this;
        Entity theirs = other;
        while (mine.cfsRq != theirs.cfsRq) {
            mine = mine.parent();
            theirs = theirs.parent();
        }
        return mine;
    }

    boolean isThread() {
        return myQueue == null;
    }

    /** The pCPU whose queue it is on, or was on last. */
    public int pcpu() {
        return cfsRq.rq.pcpu();
    }

    /** Whether it has ever been on a queue. */
    public boolean placed() {
        return cfsRq != null;
    }

    public boolean allows(int pcpu) {
        return allowed.contains(pcpu);
    }

    /** {@code nr_cpus_allowed == 1}: a wake-up has no choice. */
    public boolean pinned() {
        return allowed.size() == 1;
    }

    /** Runs or may run: queued, and not a blocked thread whose dequeue is delayed. */
    public boolean runnable() {
        return onRq && !delayed;
    }

    /** Whether a group above, or its own, has used up its run time and it cannot be picked ({@code throttled_hierarchy}). */
    public boolean throttled() {
        for (Entity se = this; se != null; se = se.parent()) {
            if (se.cfsRq.throttled) {
                return true;
            }
        }
        return false;
    }

    /** Gives the thread a request of its own ({@code sched_setattr}'s {@code sched_runtime}), from its next placement on; EEVDF only. */
    public void requestSlice(long ns) {
        slice = ns;
        customSlice = true;
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
        return cfsRq.hNrRunning + cfsRq.hNrDelayed;
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
        if (scheduler().tunables.eevdf()) {
            this.deadline = deadline;
        }
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
