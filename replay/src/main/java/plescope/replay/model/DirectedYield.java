package plescope.replay.model;

/**
 * What the host did after one PLE exit. Recorded traces have no event for the yield itself: the outcome is read from who
 * ran next on that pCPU.
 *
 * @param episode the {@link SpinEpisode#id()} the exit belongs to
 * @param spinner dense index
 * @param exitNs when the PAUSE exit happened
 * @param successorVcpu dense index of the vCPU that ran next on this pCPU, -1 for none or another thread
 * @param successorTid host thread that ran next, -1 where the spinner re-entered at once or unknown
 * @param offCpuNs how long the spinner was away, 0 without a switch, -1 where unknown
 * @param backBeforeProgress whether the spinner entered the guest again and kept spinning
 * @param hitCulprit whether the successor was the vCPU the spinner waited for
 * @param target dense index of the sibling that was run in answer to the exit, here or on another pCPU; -1 where none is seen
 * @param sameQueue whether the target was run on the spinner's pCPU; UNKNOWN without a target
 * @param continuation why the spin went on, if it did
 * @param line line of the PAUSE exit, 0 in simulated schedules
 */
public record DirectedYield(
        long episode,
        int spinner,
        int pcpu,
        long exitNs,
        Outcome outcome,
        int successorVcpu,
        int successorTid,
        long offCpuNs,
        Tristate backBeforeProgress,
        Tristate hitCulprit,
        int target,
        Tristate sameQueue,
        Continuation continuation,
        long line) {

    /** A yield of which only the successor is known. */
    public DirectedYield(
            long episode,
            int spinner,
            int pcpu,
            long exitNs,
            Outcome outcome,
            int successorVcpu,
            int successorTid,
            long offCpuNs,
            Tristate backBeforeProgress,
            Tristate hitCulprit,
            long line) {
        this(
                episode,
                spinner,
                pcpu,
                exitNs,
                outcome,
                successorVcpu,
                successorTid,
                offCpuNs,
                backBeforeProgress,
                hitCulprit,
                outcome == Outcome.SIBLING ? successorVcpu : -1,
                outcome == Outcome.SIBLING ? Tristate.YES : Tristate.UNKNOWN,
                backBeforeProgress == Tristate.YES ? Continuation.UNKNOWN : Continuation.NONE,
                line);
    }

    /** Who got the pCPU. */
    public enum Outcome {
        /** The spinner entered the guest again without a switch. */
        NO_SWITCH,
        /** Another vCPU of the same VM. */
        SIBLING,
        /** A vCPU of another VM. */
        OTHER_VM,
        /** Some other host thread. */
        OTHER_THREAD,
        /** The idle task. */
        IDLE,
        UNKNOWN
    }
}
