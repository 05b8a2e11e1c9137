package plescope.analysis.reproduce;

/**
 * What VMs came to in one run, from its warm-up on.
 *
 * @param seconds simulated
 * @param operations counted by their tasks
 * @param workNs useful guest time
 * @param yields directed yields asked for
 * @param longestBurst most PLE exits of one spin
 * @param stealNs time vCPUs were runnable without a pCPU
 * @param ranNs time they were on one
 */
record VmTotals(
        double seconds,
        long operations,
        long workNs,
        long pauseExits,
        long yields,
        long longestBurst,
        long stealNs,
        long ranNs) {
    /** Both together. */
    VmTotals plus(VmTotals other) {
        return new VmTotals(
                seconds,
                operations + other.operations,
                workNs + other.workNs,
                pauseExits + other.pauseExits,
                yields + other.yields,
                Math.max(longestBurst, other.longestBurst),
                stealNs + other.stealNs,
                ranNs + other.ranNs);
    }
}
