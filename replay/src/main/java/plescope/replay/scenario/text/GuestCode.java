package plescope.replay.scenario.text;

/** Where the made-up guests' code lies: a simulated vCPU has no instruction pointer, so each activity has addresses of its own. */
final class GuestCode {
    /** PAUSE of the loop that waits for a lock's hand-off. */
    static final long LOCK_LOOP = GuestFunction.QUEUED_LOCK.address() + 0xa0;
    /** PAUSE of the loop that waits for other vCPUs to handle IPIs. */
    static final long IPI_LOOP = GuestFunction.CALL_MANY.address() + 0x33f;
    /** WRMSR to the x2APIC's ICR. */
    static final long SEND_IPI = GuestFunction.SEND.address() + 0x24;
    /** WRMSR to the x2APIC's EOI register. */
    static final long EOI = GuestFunction.ACKNOWLEDGE.address() + 9;
    /** HLT of the idle loop. */
    static final long HALT = GuestFunction.IDLE.address() + 0xd;
    /** VMCALL of a request to the host. */
    static final long HYPERCALL = GuestFunction.HYPERCALL.address() + 0x2c;

    /** PAUSE and WRMSR have two bytes. */
    static final int SHORT_INSTRUCTION = 2;

    private static final long WORK_BYTES = GuestFunction.END_OF_WORK.address() - GuestFunction.WORK.address();

    private GuestCode() {}

    /** Somewhere in the work: the same for the same moment, different for most. */
    static long work(long timeNs) {
        return GuestFunction.WORK.address() + mix(timeNs) % WORK_BYTES;
    }

    /** Not negative. */
    static long mix(long timeNs) {
        return (timeNs * 0x9e37_79b9_7f4a_7c15L) >>> 32;
    }
}
