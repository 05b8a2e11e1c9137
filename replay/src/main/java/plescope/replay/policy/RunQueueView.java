package plescope.replay.policy;

/** A pCPU's run queue ({@code struct rq}) as policies see it. */
public interface RunQueueView {
    int pcpu();

    /** Runnable threads, the running one included ({@code nr_running}). */
    int nrRunning();

    /**
     * By how much, in real time of a nice-0 thread, a hinted thread may lie behind the leftmost one and still be picked:
     * {@code sysctl_sched_wakeup_granularity}; the base slice under EEVDF, which has no such gate.
     */
    long wakeupGranularityNs();
}
