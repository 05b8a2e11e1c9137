package plescope.replay.scheduler;

/**
 * Moves queued threads between the pCPUs of one last-level cache: newidle pull, periodic pull, idle pull on behalf of tickless
 * pCPUs. Load is what is queued now, without the decayed part; active balance is left out [I].
 */
public final class LoadBalancer {
    private static final long NS_PER_MS = 1_000_000;

    /** Says whether policy lets a thread be pulled. */
    @FunctionalInterface
    public interface PullFilter {
        boolean mayPull(int vcpu, int from, int to);
    }

    /** Hears of every thread moved. */
    @FunctionalInterface
    public interface MigrationListener {
        void migrated(int vcpu, int to);
    }

    private final FairScheduler scheduler;
    private final PullFilter filter;
    private final MigrationListener listener;

    public LoadBalancer(FairScheduler scheduler, PullFilter filter, MigrationListener listener) {
        this.scheduler = scheduler;
        this.filter = filter;
        this.listener = listener;
    }

    /** {@code newidle_balance}: before idling, fetch one thread if idling usually lasts long enough. */
    public boolean newidle(RunQueue rq) {
        BalanceState state = rq.balance;
        if (state.idleSince < 0) {
            state.idleSince = scheduler.now;
        }
        if (state.avgIdle < scheduler.tunables.newidleCost()) {
            return false;
        }
        RunQueue busiest = busiest(rq);
        boolean pulled = busiest != null && busiest.nrRunning > 1 && pull(busiest, rq, Long.MAX_VALUE, 1) > 0;
        if (pulled) {
            state.idleSince = -1;
        }
        return pulled;
    }

    /** A thread begins to run on {@code rq}: an idle period, if there was one, is over. */
    public void running(RunQueue rq) {
        rq.balance.idleEnded(scheduler.now);
    }

    /** {@code rebalance_domains} and {@code nohz_balancer_kick} at the tick of a busy pCPU. */
    public void tick(RunQueue rq) {
        periodic(rq);
        if (rq.nrRunning < 2) {
            return;
        }
        for (RunQueue other : scheduler.rqs) {
            if (other.idle()) {
                periodic(other);
            }
        }
    }

    /** {@code load_balance} once the interval has passed; the interval doubles while balanced. */
    private void periodic(RunQueue rq) {
        BalanceState state = rq.balance;
        long minimum = scheduler.rqs.length * NS_PER_MS;
        if (state.interval == 0) {
            state.interval = minimum;
        }
        boolean idle = rq.idle();
        long interval = idle ? state.interval : state.interval * scheduler.tunables.busyFactor();
        if (scheduler.now - state.lastBalance < interval) {
            return;
        }
        state.lastBalance = scheduler.now;
        RunQueue busiest = busiest(rq);
        if (busiest == null || balanced(rq, busiest)) {
            state.failed = 0;
            state.interval = Math.min(2 * minimum, state.interval * 2);
            return;
        }
        int moved = idle
                ? pull(busiest, rq, Long.MAX_VALUE, Math.max(1, (busiest.nrRunning - rq.nrRunning) / 2))
                : pull(busiest, rq, imbalance(rq, busiest), SchedulerTunables.NR_MIGRATE);
        if (moved > 0) {
            state.failed = 0;
            state.interval = minimum;
        } else {
            state.failed++;
        }
    }

    /** {@code find_busiest_queue}: most load, of equals the lowest number; null if no other has more than one thread. */
    private RunQueue busiest(RunQueue rq) {
        RunQueue best = null;
        for (RunQueue other : scheduler.rqs) {
            if (other != rq && other.nrRunning > 1 && (best == null || load(other) > load(best))) {
                best = other;
            }
        }
        return best;
    }

    /** {@code find_busiest_group}'s ways out: an idle pCPU takes any surplus, a busy one only a clear imbalance. */
    private boolean balanced(RunQueue local, RunQueue busiest) {
        if (local.nrRunning == 0) {
            return false;
        }
        long here = load(local);
        return here >= load(busiest)
                || here >= averageLoad()
                || 100 * load(busiest) <= SchedulerTunables.IMBALANCE_PCT * here;
    }

    /** {@code calculate_imbalance} between overloaded pCPUs: as much load as brings either to the average. */
    private long imbalance(RunQueue local, RunQueue busiest) {
        long average = averageLoad();
        return Math.min(load(busiest) - average, average - load(local));
    }

    private long averageLoad() {
        long sum = 0;
        for (RunQueue rq : scheduler.rqs) {
            sum += load(rq);
        }
        return sum / scheduler.rqs.length;
    }

    private static long load(RunQueue rq) {
        return LoadWeight.scaleDown(rq.root.load);
    }

    /** {@code detach_tasks}, {@code attach_tasks}: at most {@code count} threads and about {@code imbalance} load. */
    private int pull(RunQueue from, RunQueue to, long imbalance, int count) {
        int moved = 0;
        long left = imbalance;
        int at = 0;
        int looked = 0;
        while (at < from.threadCount() && from.nrRunning > 1 && looked++ < SchedulerTunables.NR_MIGRATE) {
            Entity thread = from.thread(at);
            if (!canMigrate(thread, from, to) || !fits(thread, left, to)) {
                at++;
                continue;
            }
            left -= left == Long.MAX_VALUE ? 0 : FairScheduler.hierarchicalLoad(thread);
            scheduler.migrate(thread, to);
            listener.migrated(thread.vcpu, to.pcpu());
            scheduler.wakeupPreempt(to, thread);
            if (++moved >= count || left <= 0) {
                break;
            }
        }
        return moved;
    }

    /** The load test of {@code detach_tasks}: it gets looser with every failed attempt. */
    private static boolean fits(Entity thread, long imbalance, RunQueue to) {
        long load = Math.max(1, FairScheduler.hierarchicalLoad(thread));
        return imbalance == Long.MAX_VALUE || load >> Math.min(62, to.balance.failed) <= imbalance;
    }

    /** {@code can_migrate_task} with {@code task_hot}. */
    private boolean canMigrate(Entity thread, RunQueue from, RunQueue to) {
        if (thread == from.curr || !thread.allows(to.pcpu()) || !filter.mayPull(thread.vcpu, from.pcpu(), to.pcpu())) {
            return false;
        }
        if (to.balance.failed > SchedulerTunables.CACHE_NICE_TRIES) {
            return true;
        }
        boolean hotBuddy = to.nrRunning > 0 && (thread.cfsRq.next == thread || thread.cfsRq.last == thread);
        return !hotBuddy && scheduler.now - thread.execStart >= scheduler.tunables.migrationCost();
    }
}
