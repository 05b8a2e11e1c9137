package plescope.replay.workload;

import plescope.replay.workload.WorkloadLock.Discipline;

/**
 * One reading of how a VM's vCPUs use the locks they were seen to wait for. A log shows the waits that outlast a PLE window; most
 * takings it does not show, and how many there are is what readings differ in.
 *
 * @param takings of all these locks by all vCPUs of the VM over the recorded span
 * @param heldPermille share of guest work done while holding one
 */
public record LockChoice(Discipline discipline, long takings, int heldPermille) {
    public LockChoice {
        if (takings < 1 || heldPermille < 1 || heldPermille > 999) {
            throw new IllegalArgumentException("no use of a lock: " + takings + " takings, " + heldPermille + "/1000");
        }
    }
}
