package plescope.replay.scheduler;

/**
 * {@code select_task_rq_fair}: where a woken or new thread goes. All pCPUs of a machine lie in one wake-affine domain, as on
 * machines whose nodes are near each other [R].
 */
public final class WakePlacement {
    private static final long FLIP_DECAY_NS = 1_000_000_000L;

    /** Says whether the waker's pCPU may attract the woken thread. */
    @FunctionalInterface
    public interface AffineFilter {
        /** Whether it may; {@code waker} is a vCPU. */
        boolean wakesAffine(int woken, int waker);
    }

    private final FairScheduler scheduler;
    private final AffineFilter filter;
    private final IdleSearch idleSearch;
    private final boolean prevIdleFirst;

    /** Without a policy's say. */
    public WakePlacement(FairScheduler scheduler) {
        this(scheduler, (woken, waker) -> true);
    }

    public WakePlacement(FairScheduler scheduler, AffineFilter filter) {
        this.scheduler = scheduler;
        this.filter = filter;
        this.idleSearch = new IdleSearch(scheduler);
        this.prevIdleFirst = scheduler.tunables.has(KernelFeature.WAKE_PREV_IDLE);
    }

    /** Where a woken thread goes if its waker does not sleep, as none of KVM's does. */
    public int select(Entity thread, Entity waker, int me) {
        return select(thread, waker, me, false);
    }

    /**
     * Where a woken thread goes. Who the waker is: the sender of an IPI; nobody for a timer and for a posted interrupt, which wakes
     * on the pCPU where the thread last ran; vhost's or QEMU's thread for a device [R].
     *
     * @param waker thread that woke it, null for an interrupt
     * @param me pCPU the waker runs on
     * @param sync {@code WF_SYNC}: the waker is about to sleep
     */
    public int select(Entity thread, Entity waker, int me, boolean sync) {
        int prev = thread.pcpu();
        if (!thread.allows(prev)) {
            prev = thread.allowed.first();
        }
        int target = prev;
        boolean wide = waker != null && wakeWide(waker, thread, me);
        if (waker != null && me != prev && !wide && thread.allows(me)) {
            if (waker.isThread() && filter.wakesAffine(thread.vcpu, waker.vcpu)) {
                target = wakeAffine(thread, waker, me, prev, sync);
            }
        }
        return idleSearch.select(thread, prev, target, me);
    }

    /**
     * Where a new thread goes: {@code find_idlest_group} down to a pCPU. The fewest runnable threads per pCPU, of equals the
     * lowest number [I].
     */
    public int selectFork(Entity thread) {
        int from = 0;
        int to = scheduler.rqs.length;
        int[] spans = {scheduler.topology.perNode(), scheduler.topology.perLlc(), scheduler.topology.perCore(), 1};
        for (int span : spans) {
            int best = from;
            int bestEnd = to;
            long bestThreads = Long.MAX_VALUE;
            for (int group = from; group < to; group += span) {
                int end = Math.min(group + span, to);
                long threads = threadsPerPcpu(thread, group, end);
                if (threads < bestThreads) {
                    best = group;
                    bestEnd = end;
                    bestThreads = threads;
                }
            }
            from = best;
            to = bestEnd;
        }
        return from;
    }

    /** Runnable threads per 1024 of the pCPUs the thread may use there; the greatest number if it may use none. */
    private long threadsPerPcpu(Entity thread, int from, int to) {
        long threads = 0;
        int pcpus = 0;
        for (int p = from; p < to; p++) {
            if (thread.allows(p)) {
                threads += scheduler.rqs[p].nrRunning;
                pcpus++;
            }
        }
        return pcpus == 0 ? Long.MAX_VALUE : (threads << 10) / pcpus;
    }

    /** {@code wake_wide}: a waker with many wakees does not draw them to itself; the factor is the size of its cache. */
    private boolean wakeWide(Entity waker, Entity wakee, int me) {
        recordWakee(waker, wakee);
        int factor = idleSearch.cacheSize(me);
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

    /** {@code wake_affine}: WA_IDLE, then WA_WEIGHT. */
    private int wakeAffine(Entity thread, Entity waker, int me, int prev, boolean sync) {
        RunQueue mine = scheduler.rqs[me];
        if (mine.idle() && scheduler.topology.shareCache(me, prev)) {
            return scheduler.rqs[prev].idle() ? prev : me;
        }
        if (sync && mine.nrRunning == 1) {
            return me;
        }
        if (prevIdleFirst && scheduler.rqs[prev].idle()) {
            return prev;
        }
        return wakeAffineWeight(thread, waker, me, prev, sync);
    }

    /** Capacities are equal; the load of {@code prev} does not hold the blocked thread's decayed part, so none is taken off. */
    private int wakeAffineWeight(Entity thread, Entity waker, int me, int prev, boolean sync) {
        long here = loadOf(me);
        if (sync) {
            long leaving = FairScheduler.hierarchicalLoad(waker);
            if (leaving > here) {
                return me;
            }
            here -= leaving;
        }
        here = (here + FairScheduler.hierarchicalLoad(thread)) * 100;
        long there = loadOf(prev) * (100 + (SchedulerTunables.IMBALANCE_PCT - 100) / 2) + (sync ? 1 : 0);
        return here < there ? me : prev;
    }

    private long loadOf(int pcpu) {
        return LoadWeight.scaleDown(scheduler.rqs[pcpu].root.load);
    }
}
