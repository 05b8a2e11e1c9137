package plescope.replay.scheduler;

import plescope.replay.model.Topology;
import plescope.replay.policy.Policy;

/**
 * Earliest Eligible Virtual Deadline First, 6.6 to 7.1, features by {@link KernelFeature}. A group's request is the shortest below
 * it.
 */
final class EevdfScheduler extends FairScheduler {
    private final boolean placeLag;
    private final boolean halfFirstRequest;
    private final boolean runToParity;
    /** {@code normalized_sysctl_sched_base_slice}: as if there were one pCPU. */
    private final long unscaledSlice;

    private final boolean vprot;
    private final boolean preemptShort;
    private final boolean delayDequeue;
    private final boolean delayZero;
    private final boolean relativeDeadline;
    private final boolean placeOnReweight;
    private final boolean lagByLongestSlice;
    private final boolean forfeits;
    private final boolean buddyBeforePick;
    private final boolean buddyInPick;
    private final boolean buddyOnlyProtected;
    private final EevdfPreemption preemption;

    EevdfScheduler(SchedulerTunables tunables, Topology topology, RunQueue[] rqs, CgroupTree cgroups, Policy policy) {
        super(tunables, topology, rqs, cgroups, policy);
        this.placeLag = tunables.has(KernelFeature.PLACE_LAG);
        this.halfFirstRequest = tunables.has(KernelFeature.PLACE_DEADLINE_INITIAL);
        this.runToParity = tunables.has(KernelFeature.RUN_TO_PARITY);
        this.unscaledSlice = tunables.baseSlice() / SchedulerTunables.scalingFactor(rqs.length);
        this.vprot = tunables.has(KernelFeature.VPROT);
        this.preemptShort = tunables.has(KernelFeature.PREEMPT_SHORT);
        this.delayDequeue = tunables.has(KernelFeature.DELAY_DEQUEUE);
        this.delayZero = tunables.has(KernelFeature.DELAY_ZERO);
        this.relativeDeadline = tunables.has(KernelFeature.PLACE_REL_DEADLINE);
        this.placeOnReweight = tunables.has(KernelFeature.PLACE_ON_REWEIGHT);
        this.lagByLongestSlice = tunables.has(KernelFeature.LAG_BY_LONGEST_SLICE);
        this.forfeits = tunables.has(KernelFeature.FORFEIT_ON_YIELD);
        boolean picksBuddy = tunables.has(KernelFeature.PICK_BUDDY) || tunables.has(KernelFeature.NEXT_BUDDY);
        this.buddyInPick = picksBuddy && tunables.has(KernelFeature.BUDDY_IN_TRIAL_PICK);
        this.buddyBeforePick = picksBuddy && !buddyInPick;
        this.buddyOnlyProtected = tunables.has(KernelFeature.BUDDY_ONLY_PROTECTED);
        this.preemption = new EevdfPreemption(this);
    }

    @Override
    long key(Entity se) {
        return se.deadline;
    }

    // Lag and placement.

    @Override
    long queueVruntime(CfsRunQueue cfsRq) {
        return EevdfQueue.averageVruntime(cfsRq);
    }

    @Override
    boolean isEligible(Entity se) {
        return EevdfQueue.eligible(se.cfsRq, se);
    }

    @Override
    long lagLimit(Entity se) {
        long slice = lagByLongestSlice
                ? EevdfQueue.maxSlice(se.cfsRq) + tunables.tick()
                : Math.max(2 * se.slice, tunables.tick());
        return se.toVirtual(slice);
    }

    /** {@code update_entity_lag}: V - v within its bound. */
    private void updateLag(CfsRunQueue cfsRq, Entity se) {
        long limit = lagLimit(se);
        long lag = EevdfQueue.averageVruntime(cfsRq) - se.vruntime;
        se.vlag = Math.max(-limit, Math.min(limit, lag));
    }

    /** What the entity asks for next: its own slice, the shortest below it, or the base slice. */
    private long request(Entity se) {
        if (se.isThread()) {
            return se.customSlice ? se.slice : tunables.baseSlice();
        }
        long least = EevdfQueue.minSlice(se.myQueue);
        return least == Long.MAX_VALUE ? tunables.baseSlice() : least;
    }

    /** {@code place_entity}: with the lag it left with, inflated because its own arrival moves V. */
    @Override
    void place(CfsRunQueue cfsRq, Entity se, Enqueue why) {
        se.slice = request(se);
        long lag = 0;
        long load = EevdfQueue.averageLoad(cfsRq);
        if (placeLag && load > 0 && se.vlag != 0) {
            lag = se.vlag * (load + LoadWeight.scaleDown(se.weight)) / load;
        }
        se.vruntime = EevdfQueue.averageVruntime(cfsRq) - lag;
        if (se.relativeDeadline) {
            se.deadline += se.vruntime;
            se.relativeDeadline = false;
            return;
        }
        long request = se.toVirtual(se.slice);
        se.deadline = se.vruntime + (halfFirstRequest && why == Enqueue.INITIAL ? request / 2 : request);
    }

    @Override
    void beforeDequeue(CfsRunQueue cfsRq, Entity se, boolean sleep) {
        updateLag(cfsRq, se);
        if (delayZero && se.delayed && se.vlag > 0) {
            // What it gained while only waiting for its dequeue is not its own.
            se.vlag = 0;
        }
        if (relativeDeadline && !sleep) {
            se.deadline -= se.vruntime;
            se.relativeDeadline = true;
        }
    }

    @Override
    void renormalise(CfsRunQueue from, CfsRunQueue to, Entity se) {
        // Placement uses the lag, which means the same on every queue.
    }

    @Override
    boolean delaysDequeue(CfsRunQueue cfsRq, Entity se) {
        return delayDequeue && !EevdfQueue.eligible(cfsRq, se);
    }

    @Override
    void requeueDelayed(CfsRunQueue cfsRq, Entity se) {
        updateCurr(cfsRq);
        updateLag(cfsRq, se);
        if (delayZero && se.vlag > 0) {
            se.vlag = 0;
            if (se != cfsRq.curr) {
                cfsRq.remove(se);
                place(cfsRq, se, Enqueue.WAKEUP);
                cfsRq.insert(se, key(se));
            } else {
                se.vruntime = EevdfQueue.averageVruntime(cfsRq);
                se.deadline = se.vruntime + se.toVirtual(se.slice);
            }
        }
        settleDelayed(se);
    }

    /**
     * {@code reweight_entity}: keeps the lag in real time, so both lag and remaining request are scaled, measured from V or, with
     * a new placement, from the entity itself.
     */
    @Override
    void reweight(CfsRunQueue cfsRq, Entity se, long weight) {
        if (!se.onRq) {
            scaleRest(se, weight);
            return;
        }
        updateCurr(cfsRq);
        boolean current = se == cfsRq.curr;
        long mean = EevdfQueue.averageVruntime(cfsRq);
        long origin = placeOnReweight ? se.vruntime : mean;
        boolean movesProtection = vprot && !placeOnReweight && current && sliceProtected(se);
        updateLag(cfsRq, se);
        se.deadline -= origin;
        se.relativeDeadline = true;
        if (movesProtection) {
            se.vprot = mean + (se.vprot - mean) * se.weight / weight;
        }
        if (current) {
            cfsRq.curr = null;
        } else {
            cfsRq.remove(se);
        }
        settleLoad(cfsRq);
        cfsRq.load += weight - se.weight;
        scaleRest(se, weight);
        if (placeOnReweight) {
            place(cfsRq, se, Enqueue.MIGRATED);
        } else {
            se.vruntime = mean - se.vlag;
            se.deadline += mean;
            se.relativeDeadline = false;
        }
        if (current) {
            cfsRq.curr = se;
        } else {
            cfsRq.insert(se, key(se));
        }
    }

    private static void scaleRest(Entity se, long weight) {
        se.vlag = se.vlag * se.weight / weight;
        if (se.relativeDeadline) {
            se.deadline = se.deadline * se.weight / weight;
        }
        se.weight = weight;
    }

    // Slice protection.

    /** {@code protect_slice}. */
    boolean sliceProtected(Entity se) {
        return vprot ? se.vprot - se.vruntime > 0 : se.vlag == se.deadline;
    }

    /**
     * {@code set_protect_slice}: by the shortest slice queued, or the unscaled base slice without RUN_TO_PARITY [K]; before 6.17 a copy of
     * the deadline it is picked with.
     */
    @Override
    void onPicked(Entity se) {
        if (!vprot) {
            se.vlag = se.deadline;
            return;
        }
        se.vprot = se.deadline;
        long slice = runToParity ? EevdfQueue.minSlice(se.cfsRq) : unscaledSlice;
        if (slice < se.slice) {
            shortenProtection(se, slice);
        }
    }

    /** {@code update_protect_slice}. */
    void shortenProtection(Entity se) {
        if (runToParity) {
            shortenProtection(se, EevdfQueue.minSlice(se.cfsRq));
        }
    }

    private static void shortenProtection(Entity se, long slice) {
        long until = se.vruntime + se.toVirtual(slice);
        if (until - se.vprot < 0) {
            se.vprot = until;
        }
    }

    @Override
    void endProtection(Entity se) {
        if (sliceProtected(se)) {
            se.vprot = se.vruntime;
            if (!vprot) {
                se.vlag = se.deadline + 1;
            }
        }
    }

    @Override
    void moveProtection(Entity se, long distance) {
        if (vprot) {
            se.vprot += distance;
        } else {
            se.vlag += distance;
        }
    }

    /** {@code update_deadline} and the resched that {@code update_curr} asks for. */
    @Override
    void afterCharge(CfsRunQueue cfsRq, Entity curr) {
        boolean newRequest = curr.vruntime - curr.deadline >= 0;
        if (newRequest) {
            curr.slice = request(curr);
            curr.deadline = curr.vruntime + curr.toVirtual(curr.slice);
        }
        if (cfsRq.nrRunning > 1 && (newRequest || pastProtection(cfsRq, curr))) {
            cfsRq.rq.resched();
            Buddies.clear(curr);
        }
    }

    /** Since 6.17 the end of protection; from 6.12 only where a shorter slice broke it and curr has used up its lag. */
    private boolean pastProtection(CfsRunQueue cfsRq, Entity curr) {
        if (vprot) {
            return !sliceProtected(curr);
        }
        return preemptShort && !sliceProtected(curr) && !EevdfQueue.eligible(cfsRq, curr);
    }

    @Override
    void entityTick(CfsRunQueue cfsRq, Entity curr) {
        // Charging has already asked for a resched where the request is used up.
    }

    // Picking and yielding.

    @Override
    long leastQueuedVruntime(CfsRunQueue cfsRq) {
        return EevdfQueue.leastVruntime(cfsRq);
    }

    @Override
    Entity pickEntity(CfsRunQueue cfsRq, Entity curr) {
        if (buddyBeforePick && cfsRq.next != null && EevdfQueue.eligible(cfsRq, cfsRq.next)) {
            return cfsRq.next;
        }
        return removeIfDelayed(pickEevdf(cfsRq, true));
    }

    /** Null if the picked entity only waited for its dequeue, which is now done. */
    Entity removeIfDelayed(Entity picked) {
        if (!picked.delayed) {
            return picked;
        }
        dequeueEntities(picked, true, true);
        return null;
    }

    /**
     * {@code pick_eevdf}.
     *
     * @param protect whether slice protection counts
     */
    Entity pickEevdf(CfsRunQueue cfsRq, boolean protect) {
        Entity curr = EevdfQueue.runnable(cfsRq);
        if (cfsRq.nrRunning == 1) {
            return curr != null ? curr : cfsRq.leftmost();
        }
        long reference = cfsRq.minVruntime;
        long offsets = EevdfQueue.weightedOffsets(cfsRq);
        long load = EevdfQueue.averageLoad(cfsRq);
        Entity next = cfsRq.next;
        if (buddyInPick && next != null && (protect || !buddyOnlyProtected)) {
            if (offsets >= (next.vruntime - reference) * load) {
                return next;
            }
        }
        if (curr != null && offsets < (curr.vruntime - reference) * load) {
            curr = null;
        }
        if (curr != null && protect && (runToParity || vprot) && sliceProtected(curr)) {
            return curr;
        }
        for (int i = 0; i < cfsRq.size(); i++) {
            Entity se = cfsRq.queued(i);
            if (offsets >= (se.vruntime - reference) * load) {
                return curr != null && curr.deadline - se.deadline < 0 ? curr : se;
            }
        }
        return curr;
    }

    @Override
    public void wakeupPreempt(RunQueue rq, Entity wakee, int flags) {
        preemption.wakeup(rq, wakee, flags);
    }

    /**
     * Only the thread's own entity: in a group of its own, yielding changes nothing where it competes. A moved deadline ends the
     * protection of 6.6 to 6.14; in 6.17 protection outlives it, and from 6.18 on forfeited time ends it.
     *
     * <p>Up to 6.17 every yield moves the deadline by one more slice, without bound: that of a spinner whose rivals are not
     * eligible runs away. Until its virtual time gets there nothing asks for a reschedule, neither a tick, which only looks at
     * the deadline or, in 6.17, at the protection taken from it, nor another yield once the spinner works again; and once off
     * the pCPU it loses to every eligible rival. The defect is the kernel's, and the reason for the forfeit [K 79104becf42b].
     */
    @Override
    void yieldTask(RunQueue rq) {
        if (rq.nrRunning == 1) {
            return;
        }
        Entity curr = rq.curr;
        Buddies.clear(curr);
        updateCurr(rq);
        if (!forfeits) {
            curr.deadline += curr.toVirtual(curr.slice);
        } else if (EevdfQueue.eligible(curr.cfsRq, curr)) {
            curr.vruntime = curr.deadline;
            curr.deadline += curr.toVirtual(curr.slice);
            updateMinVruntime(curr.cfsRq);
        }
    }
}
