package plescope.replay.scheduler;

/** Weights with the kernel's 64-bit resolution: ten extra bits below the nice-0 weight of 1024 ({@code scale_load}). */
final class LoadWeight {
    /** {@code NICE_0_LOAD}: weight of a nice-0 task and of a group with the default 1024 shares. */
    static final long NICE_0_LOAD = 1L << 20;

    /** {@code MIN_SHARES}. */
    static final long MIN_SHARES = 2;

    /** {@code SCHED_FIXEDPOINT_SHIFT}: bits of extra resolution. */
    static final int SHIFT = 10;

    private LoadWeight() {}

    /** {@code scale_load_down}: never below 2 for a non-zero weight. */
    static long scaleDown(long weight) {
        return weight == 0 ? 0 : Math.max(2, weight >> SHIFT);
    }

    /** {@code calc_delta_fair}: exact where the kernel multiplies by a rounded inverse. Fits for spans below 2 hours. */
    static long toVirtual(long realNs, long weight) {
        return weight == NICE_0_LOAD ? realNs : realNs * NICE_0_LOAD / weight;
    }
}
