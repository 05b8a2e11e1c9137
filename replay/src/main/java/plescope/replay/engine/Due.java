package plescope.replay.engine;

/** What can be due, in its order at equal times: what guests do before what the host does to them. */
enum Due {
    /** End of what a pCPU is doing. */
    PCPU,
    /** A reschedule, kick or posted-interrupt notification arrives at a pCPU. */
    KICK,
    /** A vCPU's timer. */
    TIMER,
    /** The end of a vCPU's sleep after a PAUSE exit. */
    SLEEP,
    /** A device has finished. */
    DEVICE,
    /** {@code scheduler_tick} of a pCPU. */
    TICK,
    /** A thread of the host that is no vCPU wakes up. */
    NOISE,
    /** The next period of a group with a quota begins. */
    PERIOD,
    /** A policy's limit to the run on a pCPU. */
    QUANTUM,
    /** A policy's timer. */
    POLICY,
    WATCHDOG,
    /** Last, so that what is due exactly at the end still counts. */
    END
}
