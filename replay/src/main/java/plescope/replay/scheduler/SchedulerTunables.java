package plescope.replay.scheduler;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import plescope.replay.model.HostModel;
import plescope.replay.model.SchedulerTuning;
import plescope.replay.policy.SchedulerVersion;

/**
 * The fair scheduler's constants for one kernel on one machine, times in nanoseconds.
 *
 * @param latency {@code sysctl_sched_latency}; 0 under EEVDF
 * @param minGranularity {@code sysctl_sched_min_granularity}; 0 under EEVDF
 * @param wakeupGranularity {@code sysctl_sched_wakeup_granularity}; the base slice under EEVDF, which has none
 * @param baseSlice {@code sysctl_sched_base_slice}; 0 under CFS
 * @param migrationCost {@code sysctl_sched_migration_cost}, not scaled
 * @param newidleCost idle time a newidle balance must be worth: the migration cost in 5.6, later the measured
 *     {@code max_newidle_lb_cost}, taken as 20 us [I]
 * @param tick 1/HZ
 * @param busyFactor {@code sd->busy_factor}: 32, since 5.10 16 [R 6e7499135db7]
 * @param imbalancePct {@code sd->imbalance_pct} above the last-level cache: 125, since 5.10 117 [R 2208cdaa56c9]
 * @param features what this kernel does beside
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
        int imbalancePct,
        Set<KernelFeature> features) {

    /** Files of {@code /sys/kernel/debug/sched} that a host with CFS may write. */
    public static final List<String> CFS_NUMBERS =
            List.of("latency_ns", "min_granularity_ns", "wakeup_granularity_ns", "migration_cost_ns");

    /** The same with EEVDF. */
    public static final List<String> EEVDF_NUMBERS = List.of("base_slice_ns", "migration_cost_ns");

    /** {@code sysctl_sched_nr_migrate}. */
    public static final int NR_MIGRATE = 32;

    /** {@code sd->imbalance_pct} at the last-level cache, which wake affinity uses as well. */
    public static final int IMBALANCE_PCT = 117;

    private static final long MIGRATION_COST = 500_000;
    private static final long MAX_NEWIDLE_LB_COST = 20_000;

    public SchedulerTunables {
        features = Set.copyOf(features);
    }

    /** The constants of that kernel with logarithmic scaling. */
    public static SchedulerTunables of(SchedulerVersion version, int pcpus, int hz) {
        long factor = scalingFactor(pcpus);
        long tick = 1_000_000_000L / hz;
        boolean first = version == SchedulerVersion.CFS_5_6;
        long newidle = first ? MIGRATION_COST : MAX_NEWIDLE_LB_COST;
        int busy = first ? 32 : 16;
        int pct = first ? 125 : IMBALANCE_PCT;
        Set<KernelFeature> features = KernelFeature.of(version);
        if (!version.eevdf()) {
            return new SchedulerTunables(
                    6_000_000 * factor,
                    750_000 * factor,
                    1_000_000 * factor,
                    0,
                    MIGRATION_COST,
                    newidle,
                    tick,
                    busy,
                    pct,
                    features);
        }
        long slice = (features.contains(KernelFeature.SHORTER_BASE_SLICE) ? 700_000 : 750_000) * factor;
        return new SchedulerTunables(0, 0, slice, slice, MIGRATION_COST, newidle, tick, busy, pct, features);
    }

    /** The constants of that kernel on a host whose administrator changed some. */
    public static SchedulerTunables of(SchedulerVersion version, HostModel host) {
        SchedulerTunables tuned = of(version, host.pcpus(), host.hz());
        SchedulerTuning tuning = host.tuning();
        for (String name : new TreeMap<>(tuning.features()).keySet()) {
            tuned = tuned.with(feature(version, name), tuning.features().get(name));
        }
        List<String> numbers = version.eevdf() ? EEVDF_NUMBERS : CFS_NUMBERS;
        for (String name : tuning.numbers().keySet()) {
            if (!numbers.contains(name)) {
                throw new IllegalArgumentException(
                        version.label() + " has no " + name + ", it has " + String.join(", ", numbers));
            }
        }
        return tuned.with(tuning.numbers());
    }

    private static KernelFeature feature(SchedulerVersion version, String name) {
        for (KernelFeature feature : KernelFeature.switchable(version)) {
            if (feature.name().equals(name)) {
                return feature;
            }
        }
        throw new IllegalArgumentException(version.label() + " has no scheduler feature " + name + ", it has "
                + KernelFeature.switchable(version).stream()
                        .map(KernelFeature::name)
                        .collect(Collectors.joining(", ")));
    }

    /** EEVDF has no wake-up granularity of its own. */
    private SchedulerTunables with(Map<String, Long> numbers) {
        long slice = numbers.getOrDefault("base_slice_ns", baseSlice);
        return new SchedulerTunables(
                numbers.getOrDefault("latency_ns", latency),
                numbers.getOrDefault("min_granularity_ns", minGranularity),
                eevdf() ? slice : numbers.getOrDefault("wakeup_granularity_ns", wakeupGranularity),
                slice,
                numbers.getOrDefault("migration_cost_ns", migrationCost),
                newidleCost,
                tick,
                busyFactor,
                imbalancePct,
                features);
    }

    /** {@code sched_nr_latency}: how many minimum granularities the latency holds, rounded up; 8 unless changed [K]. */
    public int nrLatency() {
        return (int) Math.min(Integer.MAX_VALUE, (latency + minGranularity - 1) / minGranularity);
    }

    /** These with a feature switched, as a host's {@code /sys/kernel/debug/sched/features} may have it. */
    public SchedulerTunables with(KernelFeature feature, boolean on) {
        EnumSet<KernelFeature> changed = EnumSet.noneOf(KernelFeature.class);
        changed.addAll(features);
        if (on) {
            changed.add(feature);
        } else {
            changed.remove(feature);
        }
        return new SchedulerTunables(
                latency,
                minGranularity,
                wakeupGranularity,
                baseSlice,
                migrationCost,
                newidleCost,
                tick,
                busyFactor,
                imbalancePct,
                changed);
    }

    public boolean has(KernelFeature feature) {
        return features.contains(feature);
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
