package plescope.replay.validation;

/**
 * What one VM got out of a schedule. All times are sums over its vCPUs, nanoseconds.
 *
 * @param vm index into the roster's VMs
 * @param elapsedNs length of the schedule
 * @param guestWorkNs time in guest mode doing what the guest wanted
 * @param spinNs time in guest mode in PAUSE loops
 * @param hostNs time on a pCPU in the host, polling included
 * @param stealNs runnable but not running
 * @param blockedNs halted or blocked
 * @param unknownNs the log does not say
 * @param pleExits PAUSE exits
 * @param siblingYields PLE exits after which a sibling ran next on the pCPU
 * @param rightYields PLE exits after which the very vCPU it waited for ran next
 * @param episodes spin episodes
 */
public record VmMetrics(
        int vm,
        long elapsedNs,
        long guestWorkNs,
        long spinNs,
        long hostNs,
        long stealNs,
        long blockedNs,
        long unknownNs,
        long pleExits,
        long siblingYields,
        long rightYields,
        long episodes) {

    /** Throughput proxy: nanoseconds of guest work per second. */
    public double workPerSecond() {
        return elapsedNs == 0 ? 0 : guestWorkNs * 1e9 / elapsedNs;
    }

    /** A count or time of this schedule per second of it, so that schedules of different length compare. */
    public double perSecond(long value) {
        return elapsedNs == 0 ? 0 : value * 1e9 / elapsedNs;
    }
}
