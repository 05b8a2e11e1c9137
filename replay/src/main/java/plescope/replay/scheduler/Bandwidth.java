package plescope.replay.scheduler;

/**
 * {@code struct cfs_bandwidth}: the run time a group gets per period ({@code cpu.max}). Each pCPU draws on the pool in slices;
 * where the pool is empty the group's queue on that pCPU is throttled until the period ends. Periods count from time 0 and never
 * pause, and unused slices stay with their pCPU until the period ends [I]; the kernel starts them at first use and returns
 * them after 5 ms.
 */
final class Bandwidth {
    /** {@code sysctl_sched_cfs_bandwidth_slice}. */
    static final long SLICE_NS = 5_000_000;

    private final long quotaNs;
    private final long periodNs;
    private final CfsRunQueue[] queues;
    private long poolNs;
    private long periodEndNs;

    Bandwidth(long quotaNs, long periodNs, CfsRunQueue[] queues) {
        this.quotaNs = quotaNs;
        this.periodNs = periodNs;
        this.queues = queues;
        this.poolNs = quotaNs;
        this.periodEndNs = periodNs;
        for (CfsRunQueue queue : queues) {
            queue.bandwidth = this;
        }
    }

    long periodEndNs() {
        return periodEndNs;
    }

    /** {@code account_cfs_rq_runtime}. */
    void charge(CfsRunQueue queue, long ns) {
        queue.runtimeLeft -= ns;
        if (queue.runtimeLeft <= 0 && !assign(queue)) {
            queue.rq.resched();
        }
    }

    /** {@code check_cfs_rq_runtime}: whether the queue may not run on. */
    boolean exhausted(CfsRunQueue queue) {
        return queue.runtimeLeft <= 0 && !assign(queue);
    }

    /** {@code assign_cfs_rq_runtime}: draws up to a slice; true if the queue may run. */
    private boolean assign(CfsRunQueue queue) {
        draw(queue, SLICE_NS - queue.runtimeLeft);
        return queue.runtimeLeft > 0;
    }

    private void draw(CfsRunQueue queue, long wanted) {
        long granted = Math.min(poolNs, wanted);
        poolNs -= granted;
        queue.runtimeLeft += granted;
    }

    /**
     * {@code do_sched_cfs_period_timer}: fills the pool and lets those queues go on whose debt it covers, in the order of
     * their pCPUs; each gets 1 ns more than its debt and draws a slice when it runs.
     */
    void refill(FairScheduler scheduler) {
        while (periodEndNs <= scheduler.now) {
            periodEndNs += periodNs;
        }
        poolNs = quotaNs;
        for (CfsRunQueue queue : queues) {
            if (queue.throttled) {
                draw(queue, 1 - queue.runtimeLeft);
                if (queue.runtimeLeft > 0) {
                    scheduler.unthrottle(queue);
                }
            }
        }
    }
}
