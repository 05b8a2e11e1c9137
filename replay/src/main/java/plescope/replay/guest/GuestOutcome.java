package plescope.replay.guest;

import java.util.List;

/**
 * What one VM's software got done.
 *
 * @param vm its name
 * @param operations {@link Instruction.Count}s of all tasks
 * @param usefulNs guest time its programs computed
 * @param lockTakes how often locks were taken, contended or not
 * @param lockWaits waits for locks that were taken
 * @param answerWaits waits for answers to broadcasts and calls, from the first IPI to the last answer
 * @param flushesLeft receivers that a paravirtual TLB flush spared because their vCPUs were preempted
 * @param contextSwitches switches of the guest's scheduler to another task
 * @param migrations tasks that went on another vCPU than their last
 */
public record GuestOutcome(
        String vm,
        long operations,
        long usefulNs,
        long lockTakes,
        WaitTally lockWaits,
        WaitTally answerWaits,
        long flushesLeft,
        long contextSwitches,
        long migrations,
        List<Task> tasks) {
    public GuestOutcome {
        tasks = List.copyOf(tasks);
    }

    /** One task of the VM. */
    public record Task(String name, long operations, long usefulNs, boolean finished) {}
}
