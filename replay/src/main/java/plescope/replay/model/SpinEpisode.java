package plescope.replay.model;

/**
 * One vCPU's wait in a PAUSE loop: from where the loop is thought to begin, before its first PLE exit, until it makes
 * progress or stops running for another reason.
 *
 * @param id dense, from 0, in order of detection
 * @param vcpu dense index of the spinner
 * @param pleExits PAUSE exits; 0 where the wait ended before its window was full and only host interrupts saw it spin
 * @param spinNs guest time burnt in the loop (time in guest mode only)
 * @param guestRip RIP of the first PAUSE exit; where a host interrupt came first, that of the loop's lowest known PAUSE
 * @param firstLine line of that exit, 0 in simulated schedules
 * @param lastLine line of the last PAUSE exit, 0 in simulated schedules
 */
public record SpinEpisode(
        long id,
        int vcpu,
        long startNs,
        long endNs,
        int pleExits,
        long spinNs,
        long guestRip,
        End end,
        Origin origin,
        long firstLine,
        long lastLine) {

    /** How the episode ended. */
    public enum End {
        /** The guest went on with other work. */
        PROGRESS,
        /** The guest gave up spinning and halted (PV locks, spin-then-sleep). */
        HALT,
        /** Lost its pCPU to the scheduler while it spun, and was not seen spinning when it came back. */
        PREEMPTED,
        /** Events were lost or the log ended. */
        UNKNOWN
    }
}
