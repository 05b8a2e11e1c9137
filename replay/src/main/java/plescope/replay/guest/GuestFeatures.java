package plescope.replay.guest;

/**
 * What a guest kernel has.
 *
 * @param hz its own scheduler tick
 * @param sliceNs its scheduler's slice
 * @param pvSpinlock {@code CONFIG_PARAVIRT_SPINLOCKS}: spins of 2^15 iterations halt, releases kick
 * @param pvSchedYield after a call-function IPI asks the host to run the first preempted receiver (KVM_HC_SCHED_YIELD)
 * @param pvTlbFlush does not interrupt preempted vCPUs for TLB flushes: they flush at their next entry
 * @param diag s390: no pause-loop exits; spinners ask for the holder (diag 9c) or for anybody (diag 44)
 * @param virtualCores vCPUs per core as the guest sees them, for preferred CPUs
 */
public record GuestFeatures(
        int hz,
        long sliceNs,
        boolean pvSpinlock,
        boolean pvSchedYield,
        boolean pvTlbFlush,
        boolean diag,
        int virtualCores) {
    /** A Linux guest of today without paravirtual help. */
    public static final GuestFeatures DEFAULT = new GuestFeatures(250, 2_800_000, false, false, false, false, 1);
}
