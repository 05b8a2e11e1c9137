package plescope.replay.guest;

/** Interrupt vectors of live guests, numbered as x86 Linux numbers them [R]. */
public final class GuestVectors {
    /** A device whose driver wakes the task that waits for it; the first vector free for devices. */
    public static final int DEVICE = 0x31;

    /** {@code LOCAL_TIMER_VECTOR}. */
    public static final int TIMER = 0xec;

    /**
     * A paravirtual kick (KVM_HC_KICK_CPU) ends a halt without any vector; a number is needed to tell it apart, and nothing else
     * here uses the hypervisor's callback vector [I].
     */
    public static final int KICK = 0xf3;

    /** {@code CALL_FUNCTION_SINGLE_VECTOR}. */
    public static final int CALL_SINGLE = 0xfb;

    /** {@code CALL_FUNCTION_VECTOR}, TLB shootdowns too. */
    public static final int CALL = 0xfc;

    /** {@code RESCHEDULE_VECTOR}. */
    public static final int RESCHEDULE = 0xfd;

    private GuestVectors() {}
}
