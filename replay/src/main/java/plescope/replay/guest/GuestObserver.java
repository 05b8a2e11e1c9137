package plescope.replay.guest;

/** Hears what happens inside live guests: the truth that no host trace shows. Tasks and locks are numbered per VM, vCPUs by dense index. */
public interface GuestObserver {
    /** Hears nothing. */
    GuestObserver NONE = new GuestObserver() {};

    /** A task asks for a lock that is taken. */
    default void lockWanted(int vm, int lock, int task, int vcpu, long now) {}

    /** A task has the lock, after waiting for {@code waitedNs} of simulated time. */
    default void lockTaken(int vm, int lock, int task, int vcpu, long waitedNs, long now) {}

    default void lockReleased(int vm, int lock, int task, int vcpu, long now) {}

    /** A broadcast was answered by all, {@code waitedNs} after its first IPI. */
    default void answered(int vm, int task, int vcpu, long waitedNs, long now) {}

    /** A task has done one operation. */
    default void counted(int vm, int task, int vcpu, long now) {}
}
