package plescope.replay.kvm;

import plescope.replay.scheduler.Entity;
import plescope.replay.scheduler.FairScheduler;
import plescope.replay.scheduler.RunQueue;

/** {@code yield_to(task, preempt = true)} up to its call of {@code schedule()}. */
public final class YieldTo {
    /** Both run queues hold one thread: there is nothing to gain. */
    public static final int ESRCH = -3;

    /** Not possible for this target; the scan goes on. */
    public static final int NOT_YIELDED = 0;

    /** The caller must enter {@code schedule()}. */
    public static final int YIELDED = 1;

    private final FairScheduler scheduler;

    public YieldTo(FairScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Yields from the running thread of {@code local} to {@code target}. */
    public int yieldTo(RunQueue local, Entity target) {
        RunQueue remote = scheduler.rq(target.pcpu());
        if (local.nrRunning() == 1 && remote.nrRunning() == 1) {
            return ESRCH;
        }
        if (remote.curr() == target || !target.runnable()) {
            return NOT_YIELDED;
        }
        if (!scheduler.yieldTo(local, target)) {
            return NOT_YIELDED;
        }
        if (remote != local) {
            // pick_next_entity takes care of fairness; without this the hint would wait for the next tick.
            remote.resched();
        }
        return YIELDED;
    }
}
