package plescope.replay.guest;

/** What a guest kernel's own work costs, nanoseconds of guest time unless said; constants of a machine of today [I]. */
final class GuestCosts {
    /** {@code context_switch} between two tasks, wake-up bookkeeping included. */
    static final long SWITCH_NS = 1_000;

    /** Host time of an ICR write's exit. */
    static final long ICR_WRITE_NS = 2_000;

    static final long TICK_NS = 2_000;
    static final long RESCHEDULE_NS = 1_000;
    static final long CALL_NS = 1_500;
    static final long DEVICE_NS = 2_000;
    static final long KICK_NS = 100;

    /** 2^15 turns of a PAUSE loop ({@code SPIN_THRESHOLD} [K]) of about 12 ns. */
    static final long PV_SPIN_NS = 400_000;

    /** 256 turns ({@code PV_PREV_CHECK_MASK} [K]): when a waiter first looks whether its predecessor runs. */
    static final long PV_FIRST_LOOK_NS = 3_000;

    /**
     * How often a spinner looks again whether it should go on. Linux looks at every turn of the loop; each look restarts the
     * loop here, so the interval must lie above any base PLE window.
     */
    static final long LOOK_NS = 100_000;

    /** s390's {@code spin_retry}, 1000 turns [R] of about 5 ns. */
    static final long DIAG_SPIN_NS = 5_000;

    private GuestCosts() {}

    static long handlerNs(int vector) {
        return switch (vector) {
            case GuestVectors.TIMER -> TICK_NS;
            case GuestVectors.RESCHEDULE -> RESCHEDULE_NS;
            case GuestVectors.CALL, GuestVectors.CALL_SINGLE -> CALL_NS;
            case GuestVectors.DEVICE -> DEVICE_NS;
            case GuestVectors.KICK -> KICK_NS;
            default -> throw new IllegalArgumentException("no handler for vector " + vector);
        };
    }
}
