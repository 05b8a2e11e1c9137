package plescope.replay.scheduler;

import plescope.replay.model.Topology;
import plescope.replay.policy.Policy;

/**
 * The Completely Fair Scheduler of 5.6 to 6.1: least virtual run time first, with buddies as hints that lose where unfair.
 * Features by {@link KernelFeature}.
 */
final class CfsScheduler extends FairScheduler {
    private final boolean sliceByRunQueue;
    private final long leastSlice;
    private final int nrLatency;
    private final long sleeperCredit;
    private final boolean startDebit;
    private final boolean nextBuddy;
    private final boolean lastBuddy;
    private final boolean wakeupPreemption;

    CfsScheduler(SchedulerTunables tunables, Topology topology, RunQueue[] rqs, CgroupTree cgroups, Policy policy) {
        super(tunables, topology, rqs, cgroups, policy);
        this.sliceByRunQueue = tunables.has(KernelFeature.ALT_PERIOD);
        this.leastSlice = tunables.has(KernelFeature.BASE_SLICE) ? tunables.minGranularity() : 0;
        this.nrLatency = tunables.nrLatency();
        this.sleeperCredit = tunables.latency() >> (tunables.has(KernelFeature.GENTLE_FAIR_SLEEPERS) ? 1 : 0);
        this.startDebit = tunables.has(KernelFeature.START_DEBIT);
        this.nextBuddy = tunables.has(KernelFeature.NEXT_BUDDY);
        this.lastBuddy = tunables.has(KernelFeature.LAST_BUDDY);
        this.wakeupPreemption = tunables.has(KernelFeature.WAKEUP_PREEMPTION);
    }

    @Override
    long key(Entity se) {
        return se.vruntime;
    }

    @Override
    void place(CfsRunQueue cfsRq, Entity se, Enqueue why) {
        long placed = cfsRq.minVruntime;
        switch (why) {
            case INITIAL -> placed += startDebit ? LoadWeight.toVirtual(slice(cfsRq, se), se.weight) : 0;
            case WAKEUP -> placed -= sleeperCredit;
            case MIGRATED -> placed = se.vruntime;
        }
        if (placed - se.vruntime > 0) {
            se.vruntime = placed;
        }
    }

    @Override
    void beforeDequeue(CfsRunQueue cfsRq, Entity se, boolean sleep) {
        // CFS keeps nothing across sleep but the virtual time itself. Where the kernel subtracts min_vruntime from a
        // migrating entity, renormalise does so with the same value.
    }

    @Override
    void renormalise(CfsRunQueue from, CfsRunQueue to, Entity se) {
        updateCurr(to);
        se.vruntime += to.minVruntime - from.minVruntime;
    }

    @Override
    boolean delaysDequeue(CfsRunQueue cfsRq, Entity se) {
        return false;
    }

    @Override
    void requeueDelayed(CfsRunQueue cfsRq, Entity se) {
        throw new IllegalStateException("CFS delays no dequeue");
    }

    @Override
    void afterCharge(CfsRunQueue cfsRq, Entity curr) {
        // CFS asks for preemption at the tick only.
    }

    @Override
    void onPicked(Entity se) {
        // CFS keeps no state at pick but the buddies, which are cleared for both schedulers.
    }

    @Override
    long leastQueuedVruntime(CfsRunQueue cfsRq) {
        Entity left = cfsRq.leftmost();
        return left == null ? Long.MAX_VALUE : left.vruntime;
    }

    /** {@code sched_slice}: the entity's part of the period, by weight at every level. */
    long slice(CfsRunQueue leaf, Entity entity) {
        int queued = sliceByRunQueue ? leaf.rq.root.hNrRunning : leaf.nrRunning + (entity.onRq ? 0 : 1);
        long slice = period(Math.max(1, queued));
        for (Entity se = entity; se != null; se = se.parent()) {
            long load = se.cfsRq.load + (se.onRq ? 0 : se.weight);
            slice = slice * se.weight / load;
        }
        return Math.max(slice, leastSlice);
    }

    /** {@code __sched_period}. */
    long period(int running) {
        return running > nrLatency ? running * tunables.minGranularity() : tunables.latency();
    }

    /** {@code check_preempt_tick}. */
    @Override
    void entityTick(CfsRunQueue cfsRq, Entity curr) {
        if (cfsRq.nrRunning <= 1) {
            return;
        }
        long ideal = slice(cfsRq, curr);
        long ran = curr.sumExec - curr.prevSumExec;
        if (ran > ideal) {
            cfsRq.rq.resched();
            Buddies.clear(curr);
            return;
        }
        Entity left = cfsRq.leftmost();
        if (ran < tunables.minGranularity() || left == null) {
            return;
        }
        // As in the kernel a virtual difference against a real time.
        if (curr.vruntime - left.vruntime > ideal) {
            cfsRq.rq.resched();
        }
    }

    @Override
    void reweight(CfsRunQueue cfsRq, Entity se, long weight) {
        if (se.onRq) {
            updateCurr(cfsRq);
            settleLoad(cfsRq);
            cfsRq.load += weight - se.weight;
        }
        se.weight = weight;
    }

    /** {@code wakeup_preempt_entity}: whether b is far enough behind a to run in its place: 1; 0 within the gate; -1 no. */
    int wakeupPreemptEntity(Entity a, Entity b) {
        long difference = a.vruntime - b.vruntime;
        if (difference <= 0) {
            return -1;
        }
        return difference > LoadWeight.toVirtual(tunables.wakeupGranularity(), b.weight) ? 1 : 0;
    }

    @Override
    public void wakeupPreempt(RunQueue rq, Entity wakee, int flags) {
        Entity curr = rq.curr;
        if (wakee.throttled()) {
            return;
        }
        if (curr == null) {
            rq.resched();
            return;
        }
        if (curr == wakee) {
            return;
        }
        boolean crowded = curr.cfsRq.nrRunning >= nrLatency;
        if (nextBuddy && crowded) {
            Buddies.setNext(wakee);
        }
        if (rq.needResched() || !wakeupPreemption) {
            return;
        }
        Entity se = curr.competingWith(wakee);
        Entity pse = wakee.competingWith(curr);
        updateCurr(rq);
        if (wakeupPreemptEntity(se, pse) != 1) {
            return;
        }
        if (!nextBuddy || !crowded) {
            Buddies.setNext(pse);
        }
        rq.resched();
        if (lastBuddy && crowded && curr.onRq && se.isThread()) {
            Buddies.setLast(se);
        }
    }

    /** {@code pick_next_entity}: leftmost, unless a hint is fair enough. */
    @Override
    Entity pickEntity(CfsRunQueue cfsRq, Entity curr) {
        Entity left = cfsRq.leftmost();
        if (left == null || (curr != null && curr.vruntime - left.vruntime < 0)) {
            left = curr;
        }
        Entity candidate = left;
        if (cfsRq.skip != null && cfsRq.skip == candidate) {
            Entity second = afterSkipped(cfsRq, candidate, curr);
            if (second != null && wakeupPreemptEntity(second, left) < 1) {
                candidate = second;
            }
        }
        boolean nextFair = cfsRq.next != null && wakeupPreemptEntity(cfsRq.next, left) < 1;
        boolean lastFair = cfsRq.last != null && wakeupPreemptEntity(cfsRq.last, left) < 1;
        // 5.6 tests last, then next, and the later wins; 5.10 tests next and only else last [K]. The tests have no side
        // effects, so both orders pick the same.
        if (nextFair) {
            candidate = cfsRq.next;
        } else if (lastFair) {
            candidate = cfsRq.last;
        }
        Buddies.clear(candidate);
        return candidate;
    }

    private static Entity afterSkipped(CfsRunQueue cfsRq, Entity skipped, Entity curr) {
        if (skipped == curr) {
            return cfsRq.leftmost();
        }
        Entity second = cfsRq.successor(skipped);
        return second == null || (curr != null && curr.vruntime - second.vruntime < 0) ? curr : second;
    }

    @Override
    void yieldTask(RunQueue rq) {
        if (rq.nrRunning == 1) {
            return;
        }
        Buddies.clear(rq.curr);
        updateCurr(rq);
        Buddies.setSkip(rq.curr);
    }

    @Override
    long queueVruntime(CfsRunQueue cfsRq) {
        return cfsRq.minVruntime;
    }

    @Override
    boolean isEligible(Entity se) {
        return true;
    }

    @Override
    long lagLimit(Entity se) {
        return se.toVirtual(tunables.latency());
    }

    @Override
    void endProtection(Entity se) {
        // CFS protects nobody beyond the minimum granularity, which the tick tests.
    }

    @Override
    void moveProtection(Entity se, long distance) {
        // See endProtection.
    }
}
