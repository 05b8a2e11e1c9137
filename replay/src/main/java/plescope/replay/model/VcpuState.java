package plescope.replay.model;

/** What a vCPU thread is doing, at every moment of a schedule exactly one of these. Steal time = PREEMPTED + WAITING. */
public enum VcpuState {
    /** In guest mode, doing work the guest wanted. */
    GUEST,
    /** In guest mode, in a PAUSE loop. */
    SPINNING,
    /** On a pCPU in the host kernel or VMM on the vCPU's behalf: exit handling, yield work, entry. */
    HOST,
    /** Halted, but the host keeps the pCPU for a moment hoping for a quick wake-up ({@code halt_poll_ns}). */
    HALT_POLL,
    /** Runnable, but lost or yielded its pCPU. */
    PREEMPTED,
    /** Woken and queued, not yet run. */
    WAITING,
    /** Not runnable: halted or blocked in the VMM. */
    BLOCKED,
    /** The log does not say: before the first event of the thread, or around lost events. */
    UNKNOWN
}
