package plescope.replay.scenario;

/** Where the made-up guests' code lies: a simulated vCPU has no instruction pointer, so each activity has addresses of its own. */
final class GuestCode {
    /** PAUSE of the loop that waits for a lock's hand-off. */
    static final long LOCK_LOOP = 0xffff_ffff_8110_2a40L;
    /** PAUSE of the loop that waits for other vCPUs to handle IPIs. */
    static final long IPI_LOOP = 0xffff_ffff_8117_043fL;
    /** WRMSR to the x2APIC's ICR. */
    static final long SEND_IPI = 0xffff_ffff_8107_e914L;
    /** WRMSR to the x2APIC's EOI register. */
    static final long EOI = 0xffff_ffff_8107_5059L;
    /** HLT of the idle loop. */
    static final long HALT = 0xffff_ffff_81c0_a11dL;

    /** PAUSE and WRMSR have two bytes. */
    static final int SHORT_INSTRUCTION = 2;

    private static final long WORK = 0xffff_ffff_8130_0000L;
    private static final long WORK_BYTES = 1 << 20;

    private GuestCode() {}

    /** Somewhere in the work: the same for the same moment, different for most. */
    static long work(long timeNs) {
        return WORK + ((timeNs * 0x9e37_79b9_7f4a_7c15L) >>> 32) % WORK_BYTES;
    }
}
