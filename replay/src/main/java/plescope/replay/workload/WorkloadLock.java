package plescope.replay.workload;

/**
 * A spinlock of a guest, as ACQUIRE and RELEASE steps name it.
 *
 * @param vm dense VM id
 * @param name what the guest or the loop's address calls it, for the reader; no two locks of a VM share one
 */
public record WorkloadLock(int vm, String name, Discipline discipline) {
    /** Who gets a lock that several wait for. */
    public enum Discipline {
        /** Strict order of arrival, preempted waiters included: ticket locks, native qspinlock. */
        FIFO,
        /** Whoever runs and tries first: test-and-set, {@code virt_spin_lock}. */
        BARGING
    }
}
