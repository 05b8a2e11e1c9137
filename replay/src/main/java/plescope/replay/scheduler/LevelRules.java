package plescope.replay.scheduler;

/**
 * What CFS and EEVDF do on one {@code cfs_rq}: the rules in which they differ, and the bookkeeping they share. Method names are
 * the kernel's.
 */
abstract class LevelRules {
    final SchedulerTunables tunables;

    /** The clock of all run queues; the kernel's per-rq clocks differ by what interrupts take. */
    long now;

    LevelRules(SchedulerTunables tunables) {
        this.tunables = tunables;
    }

    /** Sort key of the tree. */
    abstract long key(Entity se);

    /** {@code place_entity}. */
    abstract void place(CfsRunQueue cfsRq, Entity se, Enqueue why);

    /** Adjusts the virtual time of an entity about to leave its queue, which still counts it. */
    abstract void beforeDequeue(CfsRunQueue cfsRq, Entity se, boolean sleep);

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

    /** {@code avg_vruntime}; {@code min_vruntime} under CFS. */
    abstract long queueVruntime(CfsRunQueue cfsRq);

    /** {@code entity_eligible}. */
    abstract boolean isEligible(Entity se);

    /** {@code entity_lag}'s bound, virtual time. */
    abstract long lagLimit(Entity se);

    /** {@code cancel_protect_slice}. */
    abstract void endProtection(Entity se);

    /** The entity's virtual time was moved by that much: what protects its slice goes along. */
    abstract void moveProtection(Entity se, long distance);

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
        if (cfsRq.bandwidth != null) {
            cfsRq.bandwidth.charge(cfsRq, delta);
        }
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

    final void enqueueEntity(CfsRunQueue cfsRq, Entity se, Enqueue why) {
        updateCurr(cfsRq);
        updateGroupWeight(se);
        place(cfsRq, se, why);
        settleLoad(cfsRq);
        cfsRq.load += se.weight;
        if (cfsRq.group != null) {
            cfsRq.group.loaded(cfsRq.rq.pcpu());
        }
        cfsRq.nrRunning++;
        if (se != cfsRq.curr) {
            cfsRq.insert(se, key(se));
        }
        se.onRq = true;
    }

    /** False if the entity stays, its dequeue delayed. */
    final boolean dequeueEntity(CfsRunQueue cfsRq, Entity se, boolean sleep, boolean mayDelay) {
        updateCurr(cfsRq);
        if (mayDelay && delaysDequeue(cfsRq, se)) {
            if (cfsRq.next == se) {
                cfsRq.next = null;
            }
            se.delayed = true;
            countDelayed(se, 1);
            return false;
        }
        Buddies.clear(se);
        beforeDequeue(cfsRq, se, sleep);
        if (se != cfsRq.curr) {
            cfsRq.remove(se);
        }
        se.onRq = false;
        settleDelayed(se);
        settleLoad(cfsRq);
        cfsRq.load -= se.weight;
        cfsRq.nrRunning--;
        updateMinVruntime(cfsRq);
        updateGroupWeight(se);
        return true;
    }

    /** {@code clear_delayed}. */
    final void settleDelayed(Entity se) {
        if (se.delayed) {
            se.delayed = false;
            countDelayed(se, -1);
        }
    }

    private static void countDelayed(Entity se, int change) {
        if (se.isThread()) {
            CfsRunQueue.count(se, 0, change);
        }
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

    /** Moves an entity to another virtual time, deadline and protection with it. */
    final void shift(Entity se, long vruntime) {
        CfsRunQueue cfsRq = se.cfsRq;
        boolean queued = se.onRq && se != cfsRq.curr;
        if (queued) {
            cfsRq.remove(se);
        }
        long distance = vruntime - se.vruntime;
        se.vruntime = vruntime;
        se.deadline += distance;
        if (se == cfsRq.curr) {
            moveProtection(se, distance);
        }
        if (queued) {
            cfsRq.insert(se, key(se));
        }
    }

    /** Lets two entities of one queue change places: each takes over the other's virtual time and deadline. */
    final void swap(Entity a, Entity b) {
        CfsRunQueue cfsRq = a.cfsRq;
        boolean queuedA = a.onRq && a != cfsRq.curr;
        boolean queuedB = b.onRq && b != cfsRq.curr;
        if (queuedA) {
            cfsRq.remove(a);
        }
        if (queuedB) {
            cfsRq.remove(b);
        }
        long vruntime = a.vruntime;
        long deadline = a.deadline;
        a.vruntime = b.vruntime;
        a.deadline = b.deadline;
        b.vruntime = vruntime;
        b.deadline = deadline;
        if (queuedA) {
            cfsRq.insert(a, key(a));
        } else if (a == cfsRq.curr) {
            endProtection(a);
        }
        if (queuedB) {
            cfsRq.insert(b, key(b));
        } else if (b == cfsRq.curr) {
            endProtection(b);
        }
    }
}
