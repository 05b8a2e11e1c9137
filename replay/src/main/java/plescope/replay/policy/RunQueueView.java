package plescope.replay.policy;

/** A pCPU's run queue ({@code struct rq}) as policies see it. */
public interface RunQueueView {
    int pcpu();

    /** {@code rq_clock}: simulated time. */
    long now();

    /** Runnable threads, the running one included ({@code nr_running}). */
    int nrRunning();

    /** Dense index of the vCPU that runs, -1 when idle. */
    int running();

    /**
     * By how much, in real time of a nice-0 thread, a hinted thread may lie behind the leftmost one and still be picked:
     * {@code sysctl_sched_wakeup_granularity}; the base slice under EEVDF, which has no such gate.
     */
    long wakeupGranularityNs();

    /** {@code sysctl_sched_base_slice}; the minimum granularity under CFS. */
    long baseSliceNs();

    /** Whether the scheduler is EEVDF: deadlines, eligibility and protection exist. */
    boolean eevdf();

    /** {@code resched_curr} on this queue. */
    void resched();
}
