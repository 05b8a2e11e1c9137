package plescope.replay.scheduler;

import plescope.replay.policy.Policy;

/**
 * Earliest Eligible Virtual Deadline First as in 6.12. Features on: PLACE_LAG, PLACE_DEADLINE_INITIAL,
 * PLACE_REL_DEADLINE, RUN_TO_PARITY, PREEMPT_SHORT, DELAY_DEQUEUE, DELAY_ZERO, WAKEUP_PREEMPTION; off: NEXT_BUDDY, so that the
 * hint of a directed yield is kept but never used and what remains is a plain yield.
 */
final class EevdfScheduler extends FairScheduler {
    EevdfScheduler(SchedulerTunables tunables, RunQueue[] rqs, CgroupTree cgroups, Policy policy) {
        super(tunables, rqs, cgroups, policy);
    }

    @Override
    long key(Entity se) {
        return se.deadline;
    }

    /** {@code avg_vruntime}: the weighted mean V, rounded down, of all on the queue; an empty queue keeps its minimum. */
    static long averageVruntime(CfsRunQueue cfsRq) {
        long reference = cfsRq.minVruntime;
        long load = averageLoad(cfsRq);
        return load == 0 ? reference : reference + Math.floorDiv(weightedOffsets(cfsRq, reference), load);
    }

    /** {@code entity_eligible}: V >= v, compared without division. */
    static boolean eligible(CfsRunQueue cfsRq, Entity se) {
        long reference = cfsRq.minVruntime;
        return weightedOffsets(cfsRq, reference) >= (se.vruntime - reference) * averageLoad(cfsRq);
    }

    /** Sum of weight times distance from {@code reference}: fits for 64 threads within 39 hours of each other. */
    private static long weightedOffsets(CfsRunQueue cfsRq, long reference) {
        long sum = 0;
        for (int i = 0; i < cfsRq.size(); i++) {
            Entity se = cfsRq.queued(i);
            sum += (se.vruntime - reference) * LoadWeight.scaleDown(se.weight);
        }
        Entity curr = cfsRq.curr;
        if (curr != null && curr.onRq) {
            sum += (curr.vruntime - reference) * LoadWeight.scaleDown(curr.weight);
        }
        return sum;
    }

    private static long averageLoad(CfsRunQueue cfsRq) {
        long sum = 0;
        for (int i = 0; i < cfsRq.size(); i++) {
            sum += LoadWeight.scaleDown(cfsRq.queued(i).weight);
        }
        Entity curr = cfsRq.curr;
        return curr != null && curr.onRq ? sum + LoadWeight.scaleDown(curr.weight) : sum;
    }

    /** {@code update_entity_lag}: V - v, bounded by two slices or a tick. */
    private void updateLag(CfsRunQueue cfsRq, Entity se) {
        long limit = lagLimit(se);
        long lag = averageVruntime(cfsRq) - se.vruntime;
        se.vlag = Math.max(-limit, Math.min(limit, lag));
    }

    /** {@code place_entity}: with the lag it left with, inflated because its own arrival moves V. */
    @Override
    void place(CfsRunQueue cfsRq, Entity se, Enqueue why) {
        se.slice = tunables.baseSlice();
        long lag = 0;
        long load = averageLoad(cfsRq);
        if (load > 0 && se.vlag != 0) {
            lag = se.vlag * (load + LoadWeight.scaleDown(se.weight)) / load;
        }
        se.vruntime = averageVruntime(cfsRq) - lag;
        if (se.relativeDeadline) {
            se.deadline += se.vruntime;
            se.relativeDeadline = false;
            return;
        }
        long request = se.toVirtual(se.slice);
        se.deadline = se.vruntime + (why == Enqueue.INITIAL ? request / 2 : request);
    }

    @Override
    void beforeDequeue(CfsRunQueue cfsRq, Entity se, boolean sleep) {
        updateLag(cfsRq, se);
        if (se.delayed && se.vlag > 0) {
            // DELAY_ZERO: what it gained while only waiting for its dequeue is not its own.
            se.vlag = 0;
        }
        if (!sleep) {
            se.deadline -= se.vruntime;
            se.relativeDeadline = true;
        }
    }

    @Override
    void afterDequeue(CfsRunQueue cfsRq, Entity se, boolean sleep) {
        // The lag, taken before, is all that is kept.
    }

    @Override
    void renormalise(CfsRunQueue from, CfsRunQueue to, Entity se) {
        // Placement uses the lag, which means the same on every queue.
    }

    @Override
    boolean delaysDequeue(CfsRunQueue cfsRq, Entity se) {
        return !eligible(cfsRq, se);
    }

    @Override
    void requeueDelayed(CfsRunQueue cfsRq, Entity se) {
        updateCurr(cfsRq);
        updateLag(cfsRq, se);
        if (se.vlag > 0) {
            if (se != cfsRq.curr) {
                cfsRq.remove(se);
                se.vlag = 0;
                place(cfsRq, se, Enqueue.WAKEUP);
                cfsRq.insert(se, key(se));
            } else {
                se.vlag = 0;
                se.vruntime = averageVruntime(cfsRq);
                se.deadline = se.vruntime + se.toVirtual(se.slice);
            }
        }
        se.delayed = false;
    }

    /** {@code update_deadline} and the resched that {@code update_curr} asks for. */
    @Override
    void afterCharge(CfsRunQueue cfsRq, Entity curr) {
        boolean newRequest = curr.vruntime - curr.deadline >= 0;
        if (newRequest) {
            curr.slice = tunables.baseSlice();
            curr.deadline = curr.vruntime + curr.toVirtual(curr.slice);
        }
        if (cfsRq.nrRunning == 1) {
            return;
        }
        if (newRequest || didPreemptShort(cfsRq, curr)) {
            cfsRq.rq.resched();
            Buddies.clear(curr);
        }
    }

    /** {@code did_preempt_short}: protection was broken for a shorter slice and curr has used up its lag. */
    private static boolean didPreemptShort(CfsRunQueue cfsRq, Entity curr) {
        return curr.vlag != curr.deadline && !eligible(cfsRq, curr);
    }

    /** Remembers the deadline it was picked with: it is protected while the two are equal (RUN_TO_PARITY). */
    @Override
    void onPicked(Entity se) {
        se.vlag = se.deadline;
    }

    @Override
    long leastQueuedVruntime(CfsRunQueue cfsRq) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < cfsRq.size(); i++) {
            long vruntime = cfsRq.queued(i).vruntime;
            least = least == Long.MAX_VALUE || vruntime - least < 0 ? vruntime : least;
        }
        return least;
    }

    @Override
    Entity pickEntity(CfsRunQueue cfsRq, Entity curr) {
        Entity picked = pickEevdf(cfsRq, curr);
        if (picked.delayed) {
            dequeueEntities(picked, true, true);
            return null;
        }
        return picked;
    }

    /** {@code pick_eevdf}. */
    Entity pickEevdf(CfsRunQueue cfsRq, Entity running) {
        if (cfsRq.nrRunning == 1) {
            return running != null ? running : cfsRq.leftmost();
        }
        Entity curr = running != null && eligible(cfsRq, running) ? running : null;
        if (curr != null && curr.vlag == curr.deadline) {
            return curr;
        }
        long reference = cfsRq.minVruntime;
        long offsets = weightedOffsets(cfsRq, reference);
        long load = averageLoad(cfsRq);
        for (int i = 0; i < cfsRq.size(); i++) {
            Entity se = cfsRq.queued(i);
            if (offsets >= (se.vruntime - reference) * load) {
                return curr != null && curr.deadline - se.deadline < 0 ? curr : se;
            }
        }
        return curr;
    }

    @Override
    void entityTick(CfsRunQueue cfsRq, Entity curr) {
        // Charging has already asked for a resched where the request is used up.
    }

    /** {@code reweight_entity}: keeps the lag in real time, so both lag and remaining request are scaled. */
    @Override
    void reweight(CfsRunQueue cfsRq, Entity se, long weight) {
        boolean queued = se.onRq && se != cfsRq.curr;
        if (se.onRq) {
            updateCurr(cfsRq);
            updateLag(cfsRq, se);
            se.deadline -= se.vruntime;
            se.relativeDeadline = true;
            if (queued) {
                cfsRq.remove(se);
            } else {
                cfsRq.curr = null;
            }
            settleLoad(cfsRq);
            cfsRq.load += weight - se.weight;
        }
        se.vlag = se.vlag * se.weight / weight;
        if (se.relativeDeadline) {
            se.deadline = se.deadline * se.weight / weight;
        }
        se.weight = weight;
        if (se.onRq) {
            place(cfsRq, se, Enqueue.MIGRATED);
            if (queued) {
                cfsRq.insert(se, key(se));
            } else {
                cfsRq.curr = se;
            }
        }
    }

    /** {@code check_preempt_wakeup_fair}: the wakee preempts if a trial pick returns it. */
    @Override
    public void wakeupPreempt(RunQueue rq, Entity wakee) {
        Entity curr = rq.curr;
        if (curr == null) {
            rq.resched();
            return;
        }
        if (curr == wakee || rq.needResched()) {
            return;
        }
        Entity se = curr;
        Entity pse = wakee;
        while (se.cfsRq != pse.cfsRq) {
            se = se.parent();
            pse = pse.parent();
        }
        updateCurr(rq);
        CfsRunQueue cfsRq = se.cfsRq;
        if (preemptsShort(cfsRq, pse, se) && se.vlag == se.deadline) {
            se.vlag = se.deadline + 1;
        }
        Entity running = cfsRq.curr != null && cfsRq.curr.onRq ? cfsRq.curr : null;
        if (pickEevdf(cfsRq, running) == pse) {
            rq.resched();
        }
    }

    /** {@code do_preempt_short}: only a shorter slice breaks protection; all vCPUs have the base slice. */
    private static boolean preemptsShort(CfsRunQueue cfsRq, Entity pse, Entity se) {
        if (pse.slice >= se.slice || !eligible(cfsRq, pse)) {
            return false;
        }
        return pse.deadline - se.deadline < 0 || !eligible(cfsRq, se);
    }

    /** Only the thread's own entity: in a group of its own, yielding changes nothing where it competes. */
    @Override
    void yieldTask(RunQueue rq) {
        if (rq.nrRunning == 1) {
            return;
        }
        Entity curr = rq.curr;
        Buddies.clear(curr);
        updateCurr(rq);
        curr.deadline += curr.toVirtual(curr.slice);
    }

    @Override
    long queueVruntime(CfsRunQueue cfsRq) {
        return averageVruntime(cfsRq);
    }

    @Override
    boolean isEligible(Entity se) {
        return eligible(se.cfsRq, se);
    }

    @Override
    long lagLimit(Entity se) {
        return se.toVirtual(Math.max(2 * se.slice, tunables.tick()));
    }

    /** Protection is the equality of the two. */
    @Override
    void endProtection(Entity se) {
        se.vlag = se.deadline + 1;
    }
}
