package plescope.replay.scheduler;

import java.util.Arrays;
import plescope.replay.policy.RunQueueView;

/** {@code struct rq}: everything runnable on one pCPU. */
public final class RunQueue implements RunQueueView {
    private final int pcpu;
    private final SchedulerTunables tunables;
    final CfsRunQueue root;
    final BalanceState balance;

    /** Set when the scheduler takes charge of the queue. */
    FairScheduler scheduler;

    /** The running thread, null when idle. */
    Entity curr;

    int nrRunning;

    /** {@code rq_clock}. */
    long clock;

    private boolean needResched;

    /** Where active balance wants the running thread to go, -1 for nowhere ({@code push_cpu}). */
    int pushTo = -1;

    /** {@code cfs_tasks} from tail to head: the balancer looks at those first that ran or came longest ago. */
    private Entity[] threads = new Entity[8];

    private int threadCount;

    RunQueue(int pcpu, SchedulerTunables tunables) {
        this.pcpu = pcpu;
        this.tunables = tunables;
        this.root = new CfsRunQueue(this, null);
        this.balance = new BalanceState(tunables);
    }

    @Override
    public int pcpu() {
        return pcpu;
    }

    @Override
    public int nrRunning() {
        return nrRunning;
    }

    @Override
    public long now() {
        return clock;
    }

    @Override
    public int running() {
        return curr == null ? -1 : curr.vcpu;
    }

    @Override
    public long baseSliceNs() {
        return tunables.eevdf() ? tunables.baseSlice() : tunables.minGranularity();
    }

    @Override
    public boolean eevdf() {
        return tunables.eevdf();
    }

    @Override
    public long wakeupGranularityNs() {
        return tunables.wakeupGranularity();
    }

    /** The running thread, null when idle. */
    public Entity curr() {
        return curr;
    }

    /** {@code resched_curr}: asks this pCPU to enter {@code schedule()} at its next preemption point. */
    @Override
    public void resched() {
        needResched = true;
    }

    /** {@code TIF_NEED_RESCHED}. */
    public boolean needResched() {
        return needResched;
    }

    /** {@code schedule()} was entered. */
    public void clearNeedResched() {
        needResched = false;
    }

    boolean idle() {
        return curr == null && nrRunning == 0;
    }

    void addThread(Entity thread) {
        if (threadCount == threads.length) {
            threads = Arrays.copyOf(threads, threadCount * 2);
        }
        threads[threadCount++] = thread;
    }

    void removeThread(Entity thread) {
        int at = 0;
        while (threads[at] != thread) {
            at++;
        }
        System.arraycopy(threads, at + 1, threads, at, --threadCount - at);
        threads[threadCount] = null;
    }

    /** {@code list_move} of a thread that could not be moved: it comes last next time. */
    void deferThread(Entity thread) {
        removeThread(thread);
        addThread(thread);
    }

    int threadCount() {
        return threadCount;
    }

    Entity thread(int rank) {
        return threads[rank];
    }
}
