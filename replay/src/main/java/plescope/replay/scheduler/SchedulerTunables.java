package plescope.replay.scheduler;

import plescope.replay.policy.SchedulerVersion;

/**
 * The fair scheduler's constants for one kernel on one machine, all in nanoseconds.
 *
 * @param latency {@code sysctl_sched_latency}
 * @param minGranularity {@code sysctl_sched_min_granularity}
 * @param wakeupGranularity {@code sysctl_sched_wakeup_granularity}; the base slice under EEVDF, which has none
 * @param baseSlice {@code sysctl_sched_base_slice}, EEVDF only
 * @param migrationCost {@code sysctl_sched_migration_cost}, not scaled
 * @param newidleCost idle time a newidle balance must be worth: the migration cost in 5.6, later the measured
 *     {@code max_newidle_lb_cost}, taken as 20 us [I]
 * @param tick 1/HZ
 * @param busyFactor {@code sd->busy_factor}: 32, since 5.10 16
 * @param hierarchicalSlice 5.13: the slice counts all threads below and is at least the minimum granularity
 */
public record SchedulerTunables(
        long latency,
        long minGranularity,
        long wakeupGranularity,
        long baseSlice,
        long migrationCost,
        long newidleCost,
        long tick,
        int busyFactor,
        boolean hierarchicalSlice) {

    /** {@code sched_nr_latency}: latency over minimum granularity, the same at every scaling. */
    public static final int NR_LATENCY = 8;

    /** {@code sysctl_sched_nr_migrate}. */
    public static final int NR_MIGRATE = 32;

    /** {@code sd->cache_nice_tries} at the last-level cache. */
    public static final int CACHE_NICE_TRIES = 1;

    /** {@code sd->imbalance_pct} at the last-level cache. */
    public static final int IMBALANCE_PCT = 117;

    private static final long MIGRATION_COST = 500_000;
    private static final long MAX_NEWIDLE_LB_COST = 20_000;

    /** The constants of that kernel with logarithmic scaling. */
    public static SchedulerTunables of(SchedulerVersion version, int pcpus, int hz) {
        long factor = scalingFactor(pcpus);
        long tick = 1_000_000_000L / hz;
        return switch (version) {
            case CFS_5_6 -> cfs(factor, tick, MIGRATION_COST, 32, false);
            case CFS_5_10 -> cfs(factor, tick, MAX_NEWIDLE_LB_COST, 16, false);
            case CFS_6_1 -> cfs(factor, tick, MAX_NEWIDLE_LB_COST, 16, true);
            case EEVDF_6_6, EEVDF_6_12, EEVDF_6_14 -> eevdf(factor, tick, 750_000);
            case EEVDF_6_17, EEVDF_6_18, EEVDF_6_19_RC1, EEVDF_6_19, EEVDF_7_1 -> eevdf(factor, tick, 700_000);
        };
    }

    private static SchedulerTunables eevdf(long factor, long tick, long slice) {
        return new SchedulerTunables(
                0, 0, slice * factor, slice * factor, MIGRATION_COST, MAX_NEWIDLE_LB_COST, tick, 16, false);
    }

    private static SchedulerTunables cfs(
            long factor, long tick, long newidleCost, int busyFactor, boolean hierarchical) {
        return new SchedulerTunables(
                6_000_000 * factor,
                750_000 * factor,
                1_000_000 * factor,
                0,
                MIGRATION_COST,
                newidleCost,
                tick,
                busyFactor,
                hierarchical);
    }

    /** Whether these are EEVDF's: CFS has no base slice. */
    public boolean eevdf() {
        return baseSlice > 0;
    }

    /** {@code get_update_sysctl_factor}: 1 + floor(log2(min(cpus, 8))). */
    public static int scalingFactor(int pcpus) {
        return 32 - Integer.numberOfLeadingZeros(Math.min(pcpus, 8));
    }
}
