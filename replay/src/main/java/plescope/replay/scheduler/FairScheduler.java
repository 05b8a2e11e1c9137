package plescope.replay.scheduler;

import plescope.replay.model.CpuSet;
import plescope.replay.model.Topology;
import plescope.replay.policy.Policy;

/**
 * {@code fair_sched_class}: what the host asks of CFS or EEVDF, as walks over group levels. Where the kernel splits one walk in
 * two for throttling, here is one. All threads lie at equal depth.
 */
public abstract class FairScheduler extends LevelRules {
    final RunQueue[] rqs;
    final Topology topology;
    private final CgroupTree cgroups;
    private final Policy policy;

    FairScheduler(SchedulerTunables tunables, Topology topology, RunQueue[] rqs, CgroupTree cgroups, Policy policy) {
        super(tunables);
        this.rqs = rqs;
        this.topology = topology;
        this.cgroups = cgroups;
        this.policy = policy;
        for (RunQueue rq : rqs) {
            rq.scheduler = this;
        }
    }

    /**
     * {@code check_preempt_wakeup}: whether a thread new on {@code rq} displaces its running one.
     *
     * @param flags of {@link WakeFlags}
     */
    public abstract void wakeupPreempt(RunQueue rq, Entity wakee, int flags);

    /** The same for a thread that the balancer brought, or a wake-up nothing is known of. */
    public final void wakeupPreempt(RunQueue rq, Entity wakee) {
        wakeupPreempt(rq, wakee, WakeFlags.NONE);
    }

    /** {@code yield_task_fair}. */
    abstract void yieldTask(RunQueue rq);

    /** Sets the clock; time never goes back. */
    public final void setClock(long now) {
        this.now = now;
    }

    public final RunQueue rq(int pcpu) {
        return rqs[pcpu];
    }

    /** A thread for a vCPU, on no queue yet. */
    public final Entity newThread(int vcpu, CpuSet allowed) {
        Entity thread = Entity.thread(vcpu, allowed);
        thread.slice = tunables.baseSlice();
        return thread;
    }

    /** {@code update_curr} at every level of the running thread. */
    final void updateCurr(RunQueue rq) {
        for (Entity se = rq.curr; se != null; se = se.parent()) {
            updateCurr(se.cfsRq);
        }
    }

    /** A thread starts its life on {@code rq}. */
    public final void fork(RunQueue rq, Entity task) {
        task.cfsRq = cgroups.queueFor(task.vcpu, rq);
        task.vruntime = task.cfsRq.minVruntime;
        task.cfsRq.transferLoad(LoadWeight.scaleDown(task.weight));
        enqueueTask(rq, task, Enqueue.INITIAL);
    }

    /** A blocked thread goes onto {@code rq}. */
    public final void wake(RunQueue rq, Entity task) {
        moveTo(rq, task);
        enqueueTask(rq, task, Enqueue.WAKEUP);
    }

    /** Whether a blocked thread is still queued by delayed dequeue: it then wakes where it is. */
    public final boolean wakeDelayed(Entity task) {
        if (!task.delayed) {
            return false;
        }
        enqueueTask(task.cfsRq.rq, task, Enqueue.WAKEUP);
        return true;
    }

    /** The running thread of {@code rq} blocks. */
    public final void block(RunQueue rq, Entity task) {
        CfsRunQueue.count(task, -1, 0);
        rq.removeThread(task);
        dequeueEntities(task, true, false);
    }

    /** Moves a runnable thread that does not run to another pCPU. */
    public final void migrate(Entity task, RunQueue to) {
        RunQueue from = task.cfsRq.rq;
        CfsRunQueue.count(task, -1, 0);
        from.removeThread(task);
        dequeueEntities(task, false, false);
        moveTo(to, task);
        enqueueTask(to, task, Enqueue.MIGRATED);
    }

    /**
     * Lets two runnable threads of one run queue change places where they compete, and {@code substitute} take over what is used
     * of the slice if {@code spinner} runs. So it runs on the other's account.
     */
    public final void exchange(Entity spinner, Entity substitute) {
        Entity a = spinner;
        Entity b = substitute;
        while (a.cfsRq != b.cfsRq) {
            a = a.parent();
            b = b.parent();
        }
        updateCurr(a.cfsRq);
        if (a == a.cfsRq.curr) {
            b.carriedRun = a.sumExec - a.prevSumExec;
        }
        swap(a, b);
    }

    private void moveTo(RunQueue rq, Entity task) {
        CfsRunQueue from = task.cfsRq;
        CfsRunQueue to = cgroups.queueFor(task.vcpu, rq);
        if (from != to) {
            long load = LoadWeight.scaleDown(task.weight);
            settleLoad(from);
            settleLoad(to);
            from.transferLoad(-load);
            to.transferLoad(load);
            renormalise(from, to, task);
            task.cfsRq = to;
        }
    }

    private void enqueueTask(RunQueue rq, Entity task, Enqueue why) {
        CfsRunQueue.count(task, 1, 0);
        rq.addThread(task);
        enqueueEntities(task, why);
    }

    /** Puts an entity on its queue, and the groups above that were empty on theirs, up to a throttled one. */
    private void enqueueEntities(Entity first, Enqueue why) {
        Enqueue levelWhy = why;
        boolean below = true;
        for (Entity se = first; se != null; se = se.parent()) {
            if (!below) {
                updateGroupWeight(se);
            } else if (se.onRq) {
                if (se.delayed) {
                    requeueDelayed(se.cfsRq, se);
                }
                below = false;
                updateGroupWeight(se);
            } else {
                enqueueEntity(se.cfsRq, se, levelWhy);
                levelWhy = Enqueue.WAKEUP;
            }
            if (se.cfsRq.throttled) {
                return;
            }
        }
    }

    /** Takes a blocking, migrating or ({@code finalDequeue}) delayed entity off its queue, and groups that become empty. */
    final void dequeueEntities(Entity first, boolean sleep, boolean finalDequeue) {
        boolean sleeping = sleep;
        boolean mayDelay = sleep && !finalDequeue;
        boolean leaving = true;
        for (Entity se = first; se != null; se = se.parent()) {
            CfsRunQueue cfsRq = se.cfsRq;
            if (!leaving) {
                updateCurr(cfsRq);
                updateGroupWeight(se);
            } else if (!dequeueEntity(cfsRq, se, sleeping, mayDelay)) {
                leaving = false;
            } else if (cfsRq.load > 0) {
                leaving = false;
                if (sleep && cfsRq.owner != null && !cfsRq.throttled) {
                    Buddies.setNext(cfsRq.owner);
                }
            }
            if (cfsRq.throttled) {
                return;
            }
            sleeping = true;
            mayDelay = true;
        }
    }

    // cpu.max.

    /** When {@link #period} must be called next, {@code Long.MAX_VALUE} if no group has a limit. */
    public final long nextPeriodNs() {
        return cgroups.nextPeriodNs();
    }

    /** {@code sched_cfs_period_timer} of all groups whose period has ended; pCPUs with new work are asked to reschedule. */
    public final void period() {
        cgroups.refill(this);
    }

    /** {@code throttle_cfs_rq}: the group leaves its parent's queue with all its threads. */
    private void throttle(CfsRunQueue queue) {
        CfsRunQueue.count(queue.owner, -queue.hNrRunning, -queue.hNrDelayed);
        boolean leaving = true;
        for (Entity se = queue.owner; se != null; se = se.parent()) {
            CfsRunQueue above = se.cfsRq;
            if (leaving) {
                // DEQUEUE_SPECIAL: a throttled group is not delayed.
                dequeueEntity(above, se, true, false);
                leaving = above.load == 0;
            } else {
                updateCurr(above);
                updateGroupWeight(se);
            }
            if (above.throttled) {
                break;
            }
        }
        queue.throttled = true;
    }

    /** {@code unthrottle_cfs_rq}. */
    final void unthrottle(CfsRunQueue queue) {
        queue.throttled = false;
        if (queue.load == 0) {
            return;
        }
        CfsRunQueue.count(queue.owner, queue.hNrRunning, queue.hNrDelayed);
        enqueueEntities(queue.owner, Enqueue.WAKEUP);
        if (queue.rq.curr == null && queue.rq.nrRunning > 0) {
            queue.rq.resched();
        }
    }

    // Running.

    /** {@code pick_task_fair}: the thread to run next, null if there is none. The running one is still in the race. */
    public final Entity pickNext(RunQueue rq) {
        Entity se = null;
        CfsRunQueue cfsRq = rq.root;
        while (cfsRq != null) {
            if (cfsRq == rq.root && cfsRq.nrRunning == 0) {
                return null;
            }
            Entity curr = cfsRq.curr;
            if (curr != null && curr.onRq) {
                updateCurr(cfsRq);
            } else {
                curr = null;
            }
            if (cfsRq.bandwidth != null && cfsRq.bandwidth.exhausted(cfsRq)) {
                throttle(cfsRq);
                cfsRq = rq.root;
                continue;
            }
            se = pickEntity(cfsRq, curr);
            // Null: a delayed entity was removed, so start over at the root.
            cfsRq = se == null ? rq.root : se.myQueue;
        }
        return se;
    }

    /** {@code put_prev_entity} and {@code set_next_entity} up to the group both share; either thread may be null (idle). */
    public final void switchTo(RunQueue rq, Entity next) {
        Entity put = rq.curr;
        Entity set = next;
        while (put != null && set != null && put.cfsRq != set.cfsRq) {
            putPrev(put);
            put = put.parent();
            setNext(set);
            set = set.parent();
        }
        if (put != null && set != null) {
            putPrev(put);
            setNext(set);
        } else {
            putAll(put);
            setAll(set);
        }
        rq.curr = next;
        if (next != null) {
            rq.removeThread(next);
            rq.addThread(next);
        }
    }

    /** The stopper displaces the running thread, which stays queued; nobody is current then. */
    final void displace(RunQueue rq) {
        putAll(rq.curr);
        rq.curr = null;
    }

    private void putAll(Entity put) {
        for (Entity se = put; se != null; se = se.parent()) {
            putPrev(se);
        }
    }

    private void setAll(Entity set) {
        for (Entity se = set; se != null; se = se.parent()) {
            setNext(se);
        }
    }

    private void putPrev(Entity se) {
        CfsRunQueue cfsRq = se.cfsRq;
        if (se.onRq) {
            updateCurr(cfsRq);
            cfsRq.insert(se, key(se));
        }
        cfsRq.curr = null;
    }

    private void setNext(Entity se) {
        CfsRunQueue cfsRq = se.cfsRq;
        Buddies.clear(se);
        if (se.onRq) {
            cfsRq.remove(se);
            onPicked(se);
        }
        se.execStart = now;
        se.prevSumExec = se.sumExec - se.carriedRun;
        se.carriedRun = 0;
        cfsRq.curr = se;
    }

    /** {@code task_tick_fair}. */
    public final void tick(RunQueue rq) {
        for (Entity se = rq.curr; se != null; se = se.parent()) {
            CfsRunQueue cfsRq = se.cfsRq;
            updateCurr(cfsRq);
            updateGroupWeight(se);
            entityTick(cfsRq, se);
        }
    }

    /**
     * {@code yield_to_task_fair}: hints at {@code target} on its own queue and yields on the caller's. False if the target is
     * not queued or throttled.
     */
    public final boolean yieldTo(RunQueue rq, Entity target) {
        if (!target.onRq || target.throttled()) {
            return false;
        }
        Buddies.setNext(target);
        rq.clock = now;
        Entity yielder = rq.curr;
        policy.beforeYield(rq, yielder, target);
        yieldTask(rq);
        policy.afterYield(rq, yielder, target);
        return true;
    }

    /** {@code sched_yield} of the running thread, for nobody in particular. */
    public final void yieldCurrent(RunQueue rq) {
        rq.clock = now;
        yieldTask(rq);
    }

    /** Load of a thread, queued or not, as the root level sees it ({@code task_h_load}), scaled down. */
    static long hierarchicalLoad(Entity task) {
        long load = LoadWeight.scaleDown(task.weight);
        long missing = task.onRq ? 0 : task.weight;
        for (Entity group = task.parent(); group != null; group = group.parent()) {
            load = load * group.weight / Math.max(1, group.myQueue.load + missing);
            missing = group.onRq ? 0 : group.weight;
        }
        return load;
    }
}
