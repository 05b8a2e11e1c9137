package plescope.replay.scheduler;

import plescope.replay.model.Topology;

/**
 * {@code select_idle_sibling}: an idle pCPU near the target, else the target, however crowded. Under overcommit nothing is idle,
 * and this is how vCPUs stack. How far it scans: {@link #scanLimit}.
 */
final class IdleSearch {
    /** SIS_PROP scans at least so many. */
    private static final int MIN_SCAN = 4;

    /** What looking at one pCPU costs, for SIS_PROP's {@code avg_scan_cost} [I]. */
    private static final long SCAN_NS = 50;

    /** SIS_PROP spends a 512th of the average idle time on the scan. */
    private static final int IDLE_SHARE = 512;

    private static final int FULL = 1024;

    private final FairScheduler scheduler;
    private final Topology topology;
    private final boolean byUtilisation;

    IdleSearch(FairScheduler scheduler) {
        this.scheduler = scheduler;
        this.topology = scheduler.topology;
        this.byUtilisation = scheduler.tunables.has(KernelFeature.SIS_UTIL);
    }

    /** The rule that {@code target} may be shared by more than one thread comes last. */
    int select(Entity thread, int prev, int target, int me) {
        if (idle(target)) {
            return settle(thread, prev, target);
        }
        if (prev != target && idle(prev) && topology.shareCache(prev, target)) {
            return settle(thread, prev, prev);
        }
        int recent = thread.recentPcpu;
        if (recent >= 0 && recent != prev && recent != target && usable(thread, recent)) {
            if (topology.shareCache(recent, target)) {
                return settle(thread, prev, recent);
            }
        }
        int found = scan(thread, target, me);
        return settle(thread, prev, found >= 0 ? found : target);
    }

    /** Remembers where the thread came from: {@code recent_used_cpu}. */
    private static int settle(Entity thread, int prev, int chosen) {
        thread.recentPcpu = prev;
        return chosen;
    }

    private int scan(Entity thread, int target, int me) {
        int core = topology.smt() ? idleCore(thread, target) : -1;
        if (core >= 0) {
            return core;
        }
        int found = idlePcpu(thread, target, scanLimit(target, me));
        if (found >= 0 || !topology.smt()) {
            return found;
        }
        return idleSibling(thread, target);
    }

    /** {@code select_idle_core}: all SMT siblings idle, looking around the cache from the target on. */
    private int idleCore(Entity thread, int target) {
        int from = cacheFrom(target);
        int size = cacheSize(target);
        for (int i = 0; i < size; i++) {
            int p = from + (target - from + i) % size;
            if (usable(thread, p) && coreIdle(p)) {
                return p;
            }
        }
        return -1;
    }

    private boolean coreIdle(int pcpu) {
        int first = topology.core(pcpu) * topology.perCore();
        int end = Math.min(first + topology.perCore(), topology.pcpus());
        for (int p = first; p < end; p++) {
            if (!idle(p)) {
                return false;
            }
        }
        return true;
    }

    /** {@code select_idle_cpu}, looking at no more than {@code limit}. */
    private int idlePcpu(Entity thread, int target, int limit) {
        int from = cacheFrom(target);
        int size = cacheSize(target);
        int left = limit;
        for (int i = 1; i < size && left > 0; i++) {
            int p = from + (target - from + i) % size;
            if (thread.allows(p)) {
                left--;
                if (idle(p)) {
                    return p;
                }
            }
        }
        return -1;
    }

    /** {@code select_idle_smt}: a sibling of the target. */
    private int idleSibling(Entity thread, int target) {
        int first = topology.core(target) * topology.perCore();
        int end = Math.min(first + topology.perCore(), topology.pcpus());
        for (int p = first; p < end; p++) {
            if (usable(thread, p)) {
                return p;
            }
        }
        return -1;
    }

    /**
     * How many pCPUs of the cache to look at. SIS_PROP: in proportion to the waker's average idle time. SIS_UTIL: fewer, by the
     * square, the more of the cache is used, none from 85 % on; utilisation is the busy part of its pCPUs now, where the kernel
     * has an average [I].
     */
    private int scanLimit(int target, int me) {
        if (!byUtilisation) {
            long affordable = scheduler.rqs[me].balance.avgIdle / IDLE_SHARE / SCAN_NS;
            return (int) Math.max(MIN_SCAN, affordable);
        }
        int from = cacheFrom(target);
        int size = cacheSize(target);
        int busy = 0;
        for (int p = from; p < from + size; p++) {
            busy += idle(p) ? 0 : 1;
        }
        return scanByUtilisation(busy, size);
    }

    /** {@code update_idle_cpu_scan}: size * (1 - (1.17 * busy / size)^2). */
    static int scanByUtilisation(int busy, int size) {
        long x = (long) FULL * busy / size;
        long pct = SchedulerTunables.IMBALANCE_PCT;
        long used = x * x * pct * pct / (10_000L * FULL);
        return (int) (size * Math.max(0, FULL - used) / FULL);
    }

    /** pCPUs of the cache: {@code sd_llc_size}. */
    int cacheSize(int pcpu) {
        int from = cacheFrom(pcpu);
        return Math.min(topology.perLlc(), topology.pcpus() - from);
    }

    private int cacheFrom(int pcpu) {
        return topology.llc(pcpu) * topology.perLlc();
    }

    private boolean usable(Entity thread, int pcpu) {
        return thread.allows(pcpu) && idle(pcpu);
    }

    private boolean idle(int pcpu) {
        return scheduler.rqs[pcpu].idle();
    }
}
