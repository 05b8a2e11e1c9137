package plescope.replay.workload;

/** The steps a vCPU's work is made of. Host decisions - preemption, PLE exits, yields, polling - are not among them. */
public enum StepKind {
    /** {@code ns} of guest work. The only step that advances the vCPU's work offset. */
    COMPUTE,
    /** Spin until vCPU {@code ref} has done {@code ns} of guest work (its work offset): a lock hand-off. */
    SPIN_UNTIL_WORK,
    /**
     * Take spinlock {@code ref} of {@link Workload#locks}, spinning while another vCPU has it. A vCPU whose first step this is waits
     * from the start; {@code ns} is its place in the queue then, of equals the lower vCPU comes first.
     */
    ACQUIRE,
    /** Let go of spinlock {@code ref}, taken by the same vCPU. */
    RELEASE,
    /** Spin until the {@code ns} IPIs from id {@code ref} on are acknowledged: TLB shootdown, function call. */
    SPIN_UNTIL_ACKED,
    /** Spin for {@code ns} of guest time: a wait whose end the trace cannot explain. */
    SPIN_FOR,
    /** Send IPI {@code ref}; takes no time of its own (the exit is a HOST step). */
    SEND_IPI,
    /** An exit the guest asked for (MSR, I/O, page fault): {@code ns} of host time on this thread. */
    HOST,
    /** Halt until IPI {@code ref} has arrived. */
    HALT_UNTIL_IPI,
    /** Halt for {@code ns} from when the halt begins: the vCPU's own timer, armed just before, so that it moves with the work. */
    HALT_FOR,
    /** Halt until absolute time {@code ns}: timer or device, open loop. */
    HALT_UNTIL_TIME
}
