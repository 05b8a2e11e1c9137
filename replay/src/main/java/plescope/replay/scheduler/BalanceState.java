package plescope.replay.scheduler;

/** One pCPU's load-balancing memory: the parts of {@code struct rq} and {@code struct sched_domain} that count here. */
final class BalanceState {
    /** {@code avg_idle}: decayed length of idle periods; starts optimistic at twice the migration cost. */
    long avgIdle;

    /** When the pCPU went idle, -1 while busy ({@code idle_stamp}). */
    long idleSince = -1;

    /** {@code nr_balance_failed}. */
    int failed;

    /** {@code last_balance}. */
    long lastBalance;

    /** {@code balance_interval}, nanoseconds; 0 until the first balance. */
    long interval;

    private final long maxAvgIdle;

    BalanceState(SchedulerTunables tunables) {
        maxAvgIdle = 2 * tunables.migrationCost();
        avgIdle = maxAvgIdle;
    }

    /** {@code update_avg} as idle ends: an eighth of the difference, capped. */
    void idleEnded(long now) {
        if (idleSince >= 0) {
            avgIdle = Math.min(maxAvgIdle, avgIdle + (now - idleSince - avgIdle) / 8);
            idleSince = -1;
        }
    }
}
