package plescope.replay.model;

/**
 * Why a spin went on after a PLE exit: what the host's answer to it was worth. A log shows who ran, not whom the kernel chose:
 * the directed yield has no tracepoint. So each verdict rests on the likeliest suspect and on who was ready at the exit.
 *
 * <p>Rules in order, the first that holds; docs/continuation.md says what each can miss.
 */
public enum Continuation {
    /** It did not go on: the guest made progress, halted, or its end is unknown. */
    NONE,
    /** Whom it waited for was on a pCPU, or got one in answer to the exit: contention, no yield does better. */
    HOLDER_RUNNING,
    /** A sibling was run in answer to the exit, but not the one waited for, which was ready: it could not help (Ishiguro). */
    OVERBOOST,
    /**
     * The one waited for was ready, and the spinner was switched for a third: {@code kvm_vcpu_on_spin} calls {@code schedule()}
     * only after a hint, so the scheduler was asked and chose otherwise. A tick's preemption looks the same.
     */
    SCHEDULER_MISMATCH,
    /** The one waited for was ready and nobody was run: not tried, or the hint was ignored and the spinner picked again. */
    LOST_OPPORTUNITY,
    /** Nobody of the VM was ready to run in the spinner's place. */
    NO_CANDIDATE,
    /** Nobody in particular is suspected, or the log has no context switches. */
    UNKNOWN
}
