package plescope.replay.scheduler;

import plescope.replay.scheduler.LoadBalancer.MigrationListener;
import plescope.replay.scheduler.LoadBalancer.PullFilter;

/** {@code detach_tasks} and {@code attach_tasks}: which threads move, and what keeps them. */
final class ThreadMover {
    private final FairScheduler scheduler;
    private final PullFilter filter;
    private final MigrationListener listener;
    private final boolean loadRelaxes;
    private final boolean buddiesAreHot;

    /** Whether a thread's affinity kept it ({@code LBF_SOME_PINNED}) in the last pull. */
    boolean somePinned;

    /** Whether affinity kept all ({@code LBF_ALL_PINNED}). */
    boolean allPinned;

    ThreadMover(FairScheduler scheduler, PullFilter filter, MigrationListener listener) {
        this.scheduler = scheduler;
        this.filter = filter;
        this.listener = listener;
        this.loadRelaxes = scheduler.tunables.has(KernelFeature.LOAD_RELAXES_WITH_FAILURES);
        this.buddiesAreHot = scheduler.tunables.has(KernelFeature.CACHE_HOT_BUDDY);
    }

    /** Forgets what kept threads. */
    void reset() {
        somePinned = false;
        allPinned = false;
    }

    /**
     * Pulls threads, first those that ran or came longest ago.
     *
     * @param search what to move: so much load, or so many threads
     * @param failed attempts so far ({@code nr_balance_failed})
     * @param newlyIdle one is enough
     * @param idle leave the source its last thread
     * @return how many moved
     */
    int pull(BusiestSearch search, RunQueue to, SchedDomain domain, int failed, boolean newlyIdle, boolean idle) {
        RunQueue from = search.queue;
        allPinned = true;
        long left = search.imbalance;
        int moved = 0;
        int looks = Math.min(SchedulerTunables.NR_MIGRATE, from.threadCount());
        while (looks-- > 0 && !(idle && from.nrRunning <= 1)) {
            Entity thread = from.thread(0);
            long load = search.byLoad ? Math.max(1, FairScheduler.hierarchicalLoad(thread)) : 1;
            if (!canMigrate(thread, from, to, domain, failed) || (search.byLoad && !fits(load, left, domain, failed))) {
                from.deferThread(thread);
                continue;
            }
            left -= load;
            move(thread, to);
            moved++;
            if (newlyIdle || left <= 0) {
                break;
            }
        }
        return moved;
    }

    void move(Entity thread, RunQueue to) {
        scheduler.migrate(thread, to);
        listener.migrated(thread.vcpu, to.pcpu());
        scheduler.wakeupPreempt(to, thread);
    }

    /** Since 5.10 the test gets looser with every failed attempt; before, half the load had to fit for a few attempts. */
    private boolean fits(long load, long imbalance, SchedDomain domain, int failed) {
        return loadRelaxes
                ? load >> Math.min(62, failed) <= imbalance
                : load / 2 <= imbalance || failed > domain.cacheNiceTries;
    }

    /** {@code can_migrate_task} with {@code task_hot}; SMT siblings share their caches. */
    private boolean canMigrate(Entity thread, RunQueue from, RunQueue to, SchedDomain domain, int failed) {
        if (thread.throttled()) {
            return false;
        }
        if (!thread.allows(to.pcpu()) || !filter.mayPull(thread.vcpu, from.pcpu(), to.pcpu())) {
            somePinned = true;
            return false;
        }
        allPinned = false;
        if (thread == from.curr) {
            return false;
        }
        if (domain.sharesCore || failed > domain.cacheNiceTries) {
            return true;
        }
        boolean hotBuddy =
                buddiesAreHot && to.nrRunning > 0 && (thread.cfsRq.next == thread || thread.cfsRq.last == thread);
        return !hotBuddy && scheduler.now - thread.execStart >= scheduler.tunables.migrationCost();
    }

    /** Whether active balance may push a running thread there. */
    boolean mayPush(Entity thread, RunQueue from, int to) {
        return thread.runnable() && thread.allows(to) && filter.mayPull(thread.vcpu, from.pcpu(), to);
    }
}
