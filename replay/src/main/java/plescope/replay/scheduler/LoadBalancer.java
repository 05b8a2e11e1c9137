package plescope.replay.scheduler;

import java.util.Arrays;

/**
 * Moves threads between pCPUs, domain by domain: newidle, periodic, idle on behalf of tickless pCPUs, and active balance. Load is
 * what is queued now, without the decayed part; NUMA's allowance for small imbalances, misfits and asymmetric capacity are left
 * out [I].
 */
public final class LoadBalancer {
    private static final long NS_PER_MS = 1_000_000;

    /** Further attempts after those that respect caches, before a running thread is pushed. */
    private static final int ACTIVE_BALANCE_TRIES = 2;

    /** What balancing one more level costs a pCPU about to idle ({@code max_newidle_lb_cost}) [I]. */
    private static final long LEVEL_COST_NS = 20_000;

    /** Says whether policy lets a thread be pulled. */
    @FunctionalInterface
    public interface PullFilter {
        boolean mayPull(int vcpu, int from, int to);
    }

    /** Hears of every thread moved. */
    @FunctionalInterface
    public interface MigrationListener {
        void migrated(int vcpu, int to);

        /** That pCPU is asked to enter {@code schedule()}, for {@link LoadBalancer#push}: its stopper is woken at once. */
        default void wantsPush(int pcpu) {}
    }

    private final FairScheduler scheduler;
    private final SchedDomain[][] domains;
    private final BusiestSearch search;
    private final ThreadMover mover;
    private final MigrationListener listener;
    private final boolean newidleBySuccess;

    /** Queues found to hold nothing for this pCPU, within one balance. */
    private final boolean[] excluded;

    public LoadBalancer(FairScheduler scheduler, PullFilter filter, MigrationListener listener) {
        this.scheduler = scheduler;
        this.domains = SchedDomain.of(scheduler.topology, scheduler.tunables);
        this.search = new BusiestSearch(scheduler.rqs, domains);
        this.mover = new ThreadMover(scheduler, filter, listener);
        this.listener = listener;
        this.newidleBySuccess = scheduler.tunables.has(KernelFeature.NEWIDLE_BY_SUCCESS);
        this.excluded = new boolean[scheduler.rqs.length];
    }

    /** {@code newidle_balance}: before idling, fetch one thread if idling usually lasts long enough. */
    public boolean newidle(RunQueue rq) {
        BalanceState state = rq.balance;
        if (state.idleSince < 0) {
            state.idleSince = scheduler.now;
        }
        long cost = scheduler.tunables.newidleCost();
        int levels = domains[rq.pcpu()].length;
        for (int level = 0; level < levels && state.avgIdle >= cost; level++) {
            cost += LEVEL_COST_NS;
            if (newidleBySuccess && !state.triesNewidle(level)) {
                continue;
            }
            boolean pulled = balance(rq, level, true, true) > 0;
            if (newidleBySuccess) {
                state.newidleTried(level, pulled);
            }
            if (pulled) {
                state.idleSince = -1;
                return true;
            }
        }
        return false;
    }

    /** A thread begins to run on {@code rq}: an idle period, if there was one, is over. */
    public void running(RunQueue rq) {
        rq.balance.idleEnded(scheduler.now);
    }

    /** {@code sched_balance_domains} and {@code nohz_balancer_kick} at the tick of a busy pCPU. */
    public void tick(RunQueue rq) {
        periodic(rq);
        if (rq.nrRunning < 2 && !mayBePacked(rq)) {
            return;
        }
        for (RunQueue other : scheduler.rqs) {
            if (other.idle()) {
                periodic(other);
            }
        }
    }

    /**
     * {@code nr_busy_cpus} above 1: threads alone on their pCPUs may yet share a core or a cache while others idle [K]. Where all
     * pCPUs are equal there is nothing to spread.
     */
    private boolean mayBePacked(RunQueue rq) {
        if (domains[rq.pcpu()].length < 2) {
            return false;
        }
        int size = scheduler.topology.perLlc();
        int from = rq.pcpu() / size * size;
        int busy = 0;
        for (int p = from; p < Math.min(from + size, scheduler.rqs.length); p++) {
            busy += scheduler.rqs[p].idle() ? 0 : 1;
        }
        return busy > 1;
    }

    /**
     * {@code active_load_balance_cpu_stop}: pushes the running thread to where repeated failures want it. To be called on entering
     * {@code schedule()}; nobody is current then, so the pick that follows is a switch.
     *
     * @return the pCPU that got it, -1 if nothing was pushed
     */
    public int push(RunQueue rq) {
        int to = rq.pushTo;
        rq.pushTo = -1;
        Entity thread = rq.curr;
        if (to < 0 || thread == null || !mover.mayPush(thread, rq, to)) {
            return -1;
        }
        scheduler.displace(rq);
        mover.move(thread, scheduler.rqs[to]);
        return to;
    }

    /** {@code load_balance} at each level whose interval has passed. */
    private void periodic(RunQueue rq) {
        BalanceState state = rq.balance;
        int levels = domains[rq.pcpu()].length;
        for (int level = 0; level < levels; level++) {
            long minimum = minimumInterval(rq, level);
            if (state.interval[level] == 0) {
                state.interval[level] = minimum;
            }
            boolean idle = rq.idle();
            long interval = idle ? state.interval[level] : state.interval[level] * scheduler.tunables.busyFactor();
            if (scheduler.now - state.lastBalance[level] >= interval) {
                state.lastBalance[level] = scheduler.now;
                balance(rq, level, idle, false);
            }
        }
    }

    private long minimumInterval(RunQueue rq, int level) {
        return domains[rq.pcpu()][level].weight() * NS_PER_MS;
    }

    /** {@code sched_balance_rq}: how many threads moved. */
    private int balance(RunQueue rq, int level, boolean idle, boolean newlyIdle) {
        SchedDomain domain = domains[rq.pcpu()][level];
        if (!newlyIdle && !speaksForGroup(rq, domain)) {
            settled(rq, level, newlyIdle);
            return 0;
        }
        int moved = 0;
        boolean any = false;
        boolean pinned = false;
        while (search.find(rq, level, !idle, excluded)) {
            RunQueue busiest = search.queue;
            int failed = rq.balance.failed[level];
            any = true;
            mover.reset();
            if (busiest.nrRunning > 1) {
                moved = mover.pull(search, rq, domain, failed, newlyIdle, idle);
            }
            pinned |= mover.somePinned;
            if (moved > 0 || !mover.allPinned) {
                break;
            }
            excluded[busiest.pcpu()] = true;
        }
        Arrays.fill(excluded, domain.from, domain.to, false);
        domain.imbalanced = pinned && moved == 0;
        if (!any || mover.allPinned) {
            settled(rq, level, newlyIdle);
        } else {
            unbalanced(rq, level, moved, newlyIdle);
        }
        return moved;
    }

    /** {@code should_we_balance}: the first idle pCPU of the group pulls for it, if all are busy its first one. */
    private boolean speaksForGroup(RunQueue rq, SchedDomain domain) {
        int group = domain.groupOf(rq.pcpu());
        for (int p = group; p < domain.groupEnd(group); p++) {
            if (scheduler.rqs[p].idle()) {
                return p == rq.pcpu();
            }
        }
        return group == rq.pcpu();
    }

    /** Balanced, or nothing may be moved: look less often. */
    private void settled(RunQueue rq, int level, boolean newlyIdle) {
        BalanceState state = rq.balance;
        state.failed[level] = 0;
        if (!newlyIdle) {
            state.interval[level] = Math.min(2 * minimumInterval(rq, level), state.interval[level] * 2);
        }
    }

    private void unbalanced(RunQueue rq, int level, int moved, boolean newlyIdle) {
        BalanceState state = rq.balance;
        if (moved > 0) {
            state.failed[level] = 0;
        } else if (!newlyIdle) {
            state.failed[level]++;
            int patience = domains[rq.pcpu()][level].cacheNiceTries + ACTIVE_BALANCE_TRIES;
            if (state.failed[level] > patience) {
                requestPush(search.queue, rq.pcpu());
                state.failed[level] = patience - 1;
                return;
            }
        }
        if (!newlyIdle) {
            state.interval[level] = minimumInterval(rq, level);
        }
    }

    /** Kicks the stopper of the busiest pCPU, unless it has been kicked already. */
    private void requestPush(RunQueue busiest, int to) {
        if (busiest.pushTo < 0 && busiest.curr != null && mover.mayPush(busiest.curr, busiest, to)) {
            busiest.pushTo = to;
            busiest.resched();
            listener.wantsPush(busiest.pcpu());
        }
    }
}
