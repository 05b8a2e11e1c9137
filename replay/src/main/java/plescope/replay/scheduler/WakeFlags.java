package plescope.replay.scheduler;

/** {@code WF_*}: what a wake-up tells the scheduler, as bits. */
public final class WakeFlags {
    /** A timer or device interrupt woke; no hint. */
    public static final int NONE = 0;

    /** {@code WF_SYNC}: the waker is about to sleep. KVM's own wake-ups never say so, vhost and QEMU may. */
    public static final int SYNC = 1;

    /** {@code in_task()}: a thread woke, not an interrupt. */
    public static final int FROM_THREAD = 2;

    /** {@code WF_RQ_SELECTED}: the wakee had a choice of pCPUs. */
    public static final int SELECTED = 4;

    private WakeFlags() {}

    static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }
}
