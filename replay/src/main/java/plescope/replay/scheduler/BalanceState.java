package plescope.replay.scheduler;

/** One pCPU's load-balancing memory: the per-pCPU parts of {@code struct rq} and of each {@code struct sched_domain}. */
final class BalanceState {
    /** Newidle statistics start as if half of 512 attempts had found something [R]. */
    private static final int NEWIDLE_CALLS = 512;

    private static final int NEWIDLE_WINDOW = 1024;

    /** {@code avg_idle}: decayed length of idle periods; starts optimistic at twice the migration cost. */
    long avgIdle;

    /** When the pCPU went idle, -1 while busy ({@code idle_stamp}). */
    long idleSince = -1;

    /** {@code nr_balance_failed} by level. */
    final int[] failed = new int[SchedDomain.MAX_LEVELS];

    /** {@code last_balance} by level. */
    final long[] lastBalance = new long[SchedDomain.MAX_LEVELS];

    /** {@code balance_interval} by level, nanoseconds; 0 until the first balance. */
    final long[] interval = new long[SchedDomain.MAX_LEVELS];

    private final int[] newidleCalls = new int[SchedDomain.MAX_LEVELS];
    private final int[] newidleSuccess = new int[SchedDomain.MAX_LEVELS];
    private final int[] newidleRatio = new int[SchedDomain.MAX_LEVELS];
    private final int[] newidleCredit = new int[SchedDomain.MAX_LEVELS];
    private final long maxAvgIdle;

    BalanceState(SchedulerTunables tunables) {
        maxAvgIdle = 2 * tunables.migrationCost();
        avgIdle = maxAvgIdle;
        for (int level = 0; level < SchedDomain.MAX_LEVELS; level++) {
            newidleCalls[level] = NEWIDLE_CALLS;
            newidleSuccess[level] = NEWIDLE_CALLS / 2;
            newidleRatio[level] = NEWIDLE_CALLS;
        }
    }

    /** {@code update_avg} as idle ends: an eighth of the difference, capped. */
    void idleEnded(long now) {
        if (idleSince >= 0) {
            avgIdle = Math.min(maxAvgIdle, avgIdle + (now - idleSince - avgIdle) / 8);
            idleSince = -1;
        }
    }

    /** Whether to try a newidle balance: with the odds of past success, dealt out evenly where the kernel throws dice [I]. */
    boolean triesNewidle(int level) {
        newidleCredit[level] += 1 + newidleRatio[level];
        if (newidleCredit[level] < NEWIDLE_WINDOW) {
            recordNewidle(level, 0);
            return false;
        }
        newidleCredit[level] -= NEWIDLE_WINDOW;
        return true;
    }

    /** {@code update_newidle_stats} after a try: a success counts for those skipped, too. */
    void newidleTried(int level, boolean found) {
        int weight = 1 + newidleRatio[level];
        recordNewidle(level, found ? (NEWIDLE_WINDOW + weight / 2) / weight : 0);
    }

    private void recordNewidle(int level, int success) {
        newidleSuccess[level] += success;
        if (++newidleCalls[level] >= NEWIDLE_WINDOW) {
            newidleRatio[level] = newidleSuccess[level];
            newidleCalls[level] /= 2;
            newidleSuccess[level] /= 2;
        }
    }
}
