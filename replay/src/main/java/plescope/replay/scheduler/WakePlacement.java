package plescope.replay.scheduler;

/** {@code select_task_rq_fair} for one last-level cache without SMT. KVM's wake-ups are never synchronous. */
public final class WakePlacement {
    private static final long FLIP_DECAY_NS = 1_000_000_000L;

    private final FairScheduler scheduler;

    public WakePlacement(FairScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Where a woken thread goes.
     *
     * @param waker thread that woke it, null for an interrupt
     * @param me pCPU the waker runs on
     */
    public int select(Entity thread, Entity waker, int me) {
        int prev = allowedNear(thread, thread.pcpu());
        int target = prev;
        if (waker != null && me != prev && thread.allows(me) && !wakeWide(waker, thread)) {
            target = wakeAffine(thread, me, prev);
        }
        return idleSibling(thread, prev, target);
    }

    /** Where a new thread goes: fewest runnable threads, of equals the lowest number ({@code find_idlest_cpu}). */
    public int selectFork(Entity thread) {
        int best = -1;
        for (int p = 0; p < scheduler.rqs.length; p++) {
            if (thread.allows(p) && (best < 0 || scheduler.rqs[p].nrRunning < scheduler.rqs[best].nrRunning)) {
                best = p;
            }
        }
        return best;
    }

    /** {@code wake_wide}: a waker with many wakees does not draw them to itself. */
    private boolean wakeWide(Entity waker, Entity wakee) {
        recordWakee(waker, wakee);
        int factor = scheduler.rqs.length;
        int master = Math.max(waker.wakeeFlips, wakee.wakeeFlips);
        int slave = Math.min(waker.wakeeFlips, wakee.wakeeFlips);
        return slave >= factor && master >= slave * factor;
    }

    private void recordWakee(Entity waker, Entity wakee) {
        if (scheduler.now - waker.wakeeFlipDecayNs > FLIP_DECAY_NS) {
            waker.wakeeFlips >>= 1;
            waker.wakeeFlipDecayNs = scheduler.now;
        }
        if (waker.lastWakee != wakee) {
            waker.lastWakee = wakee;
            waker.wakeeFlips++;
        }
    }

    /** {@code wake_affine_idle}, then {@code wake_affine_weight} with equal capacities. */
    private int wakeAffine(Entity thread, int me, int prev) {
        if (scheduler.rqs[me].idle()) {
            return scheduler.rqs[prev].idle() ? prev : me;
        }
        if (scheduler.rqs[prev].idle()) {
            return prev;
        }
        long load = LoadWeight.scaleDown(thread.weight);
        long here = (loadOf(me) + load) * 100;
        long there = loadOf(prev) * (100 + (SchedulerTunables.IMBALANCE_PCT - 100) / 2);
        return here < there ? me : prev;
    }

    private long loadOf(int pcpu) {
        return LoadWeight.scaleDown(scheduler.rqs[pcpu].root.load);
    }

    /** {@code select_idle_sibling}: an idle pCPU of the cache, else the target, however crowded. */
    private int idleSibling(Entity thread, int prev, int target) {
        if (scheduler.rqs[target].idle()) {
            return target;
        }
        if (scheduler.rqs[prev].idle()) {
            return prev;
        }
        int pcpus = scheduler.rqs.length;
        for (int i = 1; i < pcpus; i++) {
            int p = (target + i) % pcpus;
            if (thread.allows(p) && scheduler.rqs[p].idle()) {
                return p;
            }
        }
        return target;
    }

    private static int allowedNear(Entity thread, int pcpu) {
        return thread.allows(pcpu) ? pcpu : thread.allowed.first();
    }
}
