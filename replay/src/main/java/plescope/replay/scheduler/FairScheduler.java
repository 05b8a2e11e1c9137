package plescope.replay.scheduler;

import plescope.replay.model.CpuSet;
import plescope.replay.policy.Policy;

/**
 * {@code fair_sched_class}: what CFS and EEVDF share, the walks over group levels. The rules that differ, all for one level,
 * are left to the two. Method names are the kernel's; where the kernel splits one walk in two for throttling, here is one.
 */
public abstract class FairScheduler {
    final SchedulerTunables tunables;
    final RunQueue[] rqs;
    private final CgroupTree cgroups;
    private final Policy policy;

    /** The clock of all run queues; the kernel's per-rq clocks differ by what interrupts take. */
    long now;

    FairScheduler(SchedulerTunables tunables, RunQueue[] rqs, CgroupTree cgroups, Policy policy) {
        this.tunables = tunables;
        this.rqs = rqs;
        this.cgroups = cgroups;
        this.policy = policy;
        for (RunQueue rq : rqs) {
            rq.scheduler = this;
        }
    }

    // Rules for one level.

    /** Sort key of the tree. */
    abstract long key(Entity se);

    /** {@code place_entity}. */
    abstract void place(CfsRunQueue cfsRq, Entity se, Enqueue why);

    /** Adjusts the virtual time of an entity about to leave its queue, which still counts it. */
    abstract void beforeDequeue(CfsRunQueue cfsRq, Entity se, boolean sleep);

    /** The rest of that, once it has left. */
    abstract void afterDequeue(CfsRunQueue cfsRq, Entity se, boolean sleep);

    /** Makes the virtual time of a thread that changes queues mean the same on the new one. */
    abstract void renormalise(CfsRunQueue from, CfsRunQueue to, Entity se);

    /** Whether a blocking entity stays queued until it is picked (DELAY_DEQUEUE). */
    abstract boolean delaysDequeue(CfsRunQueue cfsRq, Entity se);

    /** {@code requeue_delayed_entity}: woken before the delayed dequeue happened. */
    abstract void requeueDelayed(CfsRunQueue cfsRq, Entity se);

    /** Upkeep after {@code curr} was charged: deadlines. */
    abstract void afterCharge(CfsRunQueue cfsRq, Entity curr);

    /** {@code set_next_entity}'s own part: {@code se} is about to run. */
    abstract void onPicked(Entity se);

    /** {@code pick_next_entity}: null if it found, and removed, a delayed entity. */
    abstract Entity pickEntity(CfsRunQueue cfsRq, Entity curr);

    /** {@code entity_tick} beyond charging. */
    abstract void entityTick(CfsRunQueue cfsRq, Entity curr);

    /** {@code reweight_entity}. */
    abstract void reweight(CfsRunQueue cfsRq, Entity se, long weight);

    /** {@code min_vruntime} candidate of the queued entities, {@code Long.MAX_VALUE} if there are none. */
    abstract long leastQueuedVruntime(CfsRunQueue cfsRq);

    /** {@code check_preempt_wakeup}: whether a thread new on {@code rq} displaces its running one. */
    public abstract void wakeupPreempt(RunQueue rq, Entity wakee);

    /** {@code yield_task_fair}. */
    abstract void yieldTask(RunQueue rq);

    /** {@code avg_vruntime}; {@code min_vruntime} under CFS. */
    abstract long queueVruntime(CfsRunQueue cfsRq);

    /** {@code entity_eligible}. */
    abstract boolean isEligible(Entity se);

    /** {@code entity_lag}'s bound, virtual time. */
    abstract long lagLimit(Entity se);

    /** {@code cancel_protect_slice}. */
    abstract void endProtection(Entity se);

    /** Moves an entity to another virtual time, deadline and protection with it. */
    final void shift(Entity se, long vruntime) {
        takeOut(se);
        se.deadline += vruntime - se.vruntime;
        if (se == se.cfsRq.curr) {
            se.vlag += vruntime - se.vruntime;
        }
        se.vruntime = vruntime;
        putBack(se);
    }

    // The walks.

    /** Sets the clock; time never goes back. */
    public final void setClock(long now) {
        this.now = now;
    }

    public final RunQueue rq(int pcpu) {
        return rqs[pcpu];
    }

    /** A thread for a vCPU, on no queue yet. */
    public final Entity newThread(int vcpu, CpuSet allowed) {
        Entity thread = Entity.thread(vcpu, cgroups.depth(), allowed);
        thread.slice = tunables.baseSlice();
        return thread;
    }

    /** {@code update_curr} at every level of the running thread. */
    final void updateCurr(RunQueue rq) {
        for (Entity se = rq.curr; se != null; se = se.parent()) {
            updateCurr(se.cfsRq);
        }
    }

    final void updateCurr(CfsRunQueue cfsRq) {
        Entity curr = cfsRq.curr;
        if (curr == null) {
            return;
        }
        long delta = now - curr.execStart;
        if (delta <= 0) {
            return;
        }
        curr.execStart = now;
        curr.sumExec += delta;
        curr.vruntime += LoadWeight.toVirtual(delta, curr.weight);
        afterCharge(cfsRq, curr);
        updateMinVruntime(cfsRq);
    }

    final void updateMinVruntime(CfsRunQueue cfsRq) {
        long least = leastQueuedVruntime(cfsRq);
        Entity curr = cfsRq.curr;
        if (curr != null && curr.onRq) {
            least = least == Long.MAX_VALUE || curr.vruntime - least < 0 ? curr.vruntime : least;
        }
        if (least != Long.MAX_VALUE && least - cfsRq.minVruntime > 0) {
            cfsRq.minVruntime = least;
        }
    }

    /** A thread starts its life on {@code rq}. */
    public final void fork(RunQueue rq, Entity task) {
        task.cfsRq = cgroups.queueFor(task.vcpu, rq);
        task.vruntime = task.cfsRq.minVruntime;
        task.cfsRq.average.transfer(LoadWeight.scaleDown(task.weight));
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
        addRunnable(task, -1);
        rq.removeThread(task);
        dequeueEntities(task, true, false);
    }

    /** Moves a runnable thread that does not run to another pCPU. */
    public final void migrate(Entity task, RunQueue to) {
        RunQueue from = task.cfsRq.rq;
        addRunnable(task, -1);
        from.removeThread(task);
        dequeueEntities(task, false, false);
        moveTo(to, task);
        enqueueTask(to, task, Enqueue.MIGRATED);
    }

    /**
     * Lets two runnable threads of one run queue change places: each takes over the other's virtual time and deadline, and
     * {@code substitute} what is used of the slice if {@code spinner} runs. So it runs on the other's account.
     */
    public final void exchange(Entity spinner, Entity substitute) {
        Entity a = spinner;
        Entity b = substitute;
        while (a.cfsRq != b.cfsRq) {
            a = a.parent();
            b = b.parent();
        }
        CfsRunQueue cfsRq = a.cfsRq;
        updateCurr(cfsRq);
        if (a == cfsRq.curr) {
            b.carriedRun = a.sumExec - a.prevSumExec;
        }
        takeOut(a);
        takeOut(b);
        long vruntime = a.vruntime;
        long deadline = a.deadline;
        a.vruntime = b.vruntime;
        a.deadline = b.deadline;
        b.vruntime = vruntime;
        b.deadline = deadline;
        putBack(a);
        putBack(b);
    }

    private static void takeOut(Entity se) {
        if (se != se.cfsRq.curr) {
            se.cfsRq.remove(se);
        }
    }

    private void putBack(Entity se) {
        if (se != se.cfsRq.curr) {
            se.cfsRq.insert(se, key(se));
        }
    }

    private void moveTo(RunQueue rq, Entity task) {
        CfsRunQueue from = task.cfsRq;
        CfsRunQueue to = cgroups.queueFor(task.vcpu, rq);
        if (from != to) {
            long load = LoadWeight.scaleDown(task.weight);
            settleLoad(from);
            settleLoad(to);
            from.average.transfer(-load);
            to.average.transfer(load);
            renormalise(from, to, task);
            task.cfsRq = to;
        }
    }

    /** Adds to the count of runnable threads at all levels of {@code task} and of its pCPU. */
    private static void addRunnable(Entity task, int change) {
        for (Entity se = task; se != null; se = se.parent()) {
            se.cfsRq.hNrRunning += change;
        }
        task.cfsRq.rq.nrRunning += change;
    }

    private void enqueueTask(RunQueue rq, Entity task, Enqueue why) {
        addRunnable(task, 1);
        rq.addThread(task);
        Enqueue levelWhy = why;
        boolean below = true;
        for (Entity se = task; se != null; se = se.parent()) {
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
        }
    }

    private void enqueueEntity(CfsRunQueue cfsRq, Entity se, Enqueue why) {
        updateCurr(cfsRq);
        updateGroupWeight(se);
        place(cfsRq, se, why);
        settleLoad(cfsRq);
        cfsRq.load += se.weight;
        cfsRq.nrRunning++;
        if (se != cfsRq.curr) {
            cfsRq.insert(se, key(se));
        }
        se.onRq = true;
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
                continue;
            }
            if (!dequeueEntity(cfsRq, se, sleeping, mayDelay)) {
                leaving = false;
            } else if (cfsRq.load > 0) {
                leaving = false;
                if (sleep && cfsRq.owner != null) {
                    Buddies.setNext(cfsRq.owner);
                }
            }
            sleeping = true;
            mayDelay = true;
        }
    }

    private boolean dequeueEntity(CfsRunQueue cfsRq, Entity se, boolean sleep, boolean mayDelay) {
        updateCurr(cfsRq);
        if (mayDelay && delaysDequeue(cfsRq, se)) {
            if (cfsRq.next == se) {
                cfsRq.next = null;
            }
            se.delayed = true;
            return false;
        }
        Buddies.clear(se);
        beforeDequeue(cfsRq, se, sleep);
        if (se != cfsRq.curr) {
            cfsRq.remove(se);
        }
        se.onRq = false;
        se.delayed = false;
        settleLoad(cfsRq);
        cfsRq.load -= se.weight;
        cfsRq.nrRunning--;
        afterDequeue(cfsRq, se, sleep);
        updateMinVruntime(cfsRq);
        updateGroupWeight(se);
        return true;
    }

    /** The average must see the old load up to now before the load changes. */
    final void settleLoad(CfsRunQueue cfsRq) {
        cfsRq.average.update(now, LoadWeight.scaleDown(cfsRq.load));
    }

    /** {@code update_cfs_group}: a group that has become empty keeps its weight. */
    final void updateGroupWeight(Entity se) {
        if (se.isThread() || se.myQueue.load == 0) {
            return;
        }
        long shares = se.myQueue.group.sharesOn(se.pcpu(), now);
        if (shares != se.weight) {
            reweight(se.cfsRq, se, shares);
        }
    }

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
            se = pickEntity(cfsRq, curr);
            // Null: a delayed entity was removed, so start over at the root.
            cfsRq = se == null ? rq.root : se.myQueue;
        }
        return se;
    }

    /** {@code put_prev_entity} and {@code set_next_entity} up to the group both share; either thread may be null (idle). */
    public final void switchTo(RunQueue rq, Entity next) {
        Entity prev = rq.curr;
        Entity put = prev;
        Entity set = next;
        while (put != null && set != null && put.cfsRq != set.cfsRq) {
            int putDepth = put.depth;
            int setDepth = set.depth;
            if (putDepth >= setDepth) {
                putPrev(put);
                put = put.parent();
            }
            if (setDepth >= putDepth) {
                setNext(set);
                set = set.parent();
            }
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
     * not queued.
     */
    public final boolean yieldTo(RunQueue rq, Entity target) {
        if (!target.onRq) {
            return false;
        }
        Buddies.setNext(target);
        rq.clock = now;
        policy.beforeYield(rq, rq.curr, target);
        Entity yielder = rq.curr;
        yieldTask(rq);
        policy.afterYield(rq, yielder, target);
        return true;
    }

    /** {@code sched_yield} of the running thread, for nobody in particular. */
    public final void yieldCurrent(RunQueue rq) {
        rq.clock = now;
        yieldTask(rq);
    }

    /** Load of a thread as the root level sees it ({@code task_h_load}), scaled down. */
    static long hierarchicalLoad(Entity task) {
        long load = LoadWeight.scaleDown(task.weight);
        for (Entity group = task.parent(); group != null; group = group.parent()) {
            load = load * group.weight / Math.max(1, group.myQueue.load);
        }
        return load;
    }
}
