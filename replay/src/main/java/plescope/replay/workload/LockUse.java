package plescope.replay.workload;

/**
 * How often a vCPU takes a lock and how long it keeps it: what a log lets one estimate of a lock, most takings of which it does not
 * show. Both are means, in guest work, so that they hold under any schedule.
 *
 * @param lock lock id
 * @param vcpu dense index
 * @param betweenNs guest work from letting go to the next taking
 * @param heldNs guest work while the vCPU has it
 */
public record LockUse(int lock, int vcpu, long betweenNs, long heldNs) {}
