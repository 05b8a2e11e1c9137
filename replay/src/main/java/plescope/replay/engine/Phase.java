package plescope.replay.engine;

/** What a pCPU is doing; each but IDLE ends with the pCPU's timer. */
enum Phase {
    IDLE,
    /** Running a thread of the host that is no vCPU. */
    OTHER_THREAD,
    /** Its vCPU is in guest mode. */
    GUEST,
    /** Exit handling that ends in a VM entry. */
    EXIT,
    /** Host work the guest asked for; a tick may preempt it. */
    HOST_STEP,
    /** From a PAUSE exit to the outcome of the directed yield. */
    ON_SPIN,
    /** From a hypercall that asks for a sibling to run to its outcome. */
    YIELD_CALL,
    /** From the context switch to the entry of the vCPU switched in. */
    SWITCH_IN,
    /** From a HLT exit to polling or blocking. */
    HALT_EXIT,
    /** Polling for the end of a halt. */
    HALT_POLL
}
