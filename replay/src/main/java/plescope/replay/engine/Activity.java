package plescope.replay.engine;

/** What its software told a vCPU to do in guest mode. */
enum Activity {
    /** Nothing yet, or it is done: the software is asked. */
    NONE,
    COMPUTE,
    SPIN,
    HALT,
    /** Leaves guest mode for host work. */
    EXIT,
    /** Leaves guest mode to have a sibling run. */
    YIELD,
    /** Halts for good. */
    SHUTDOWN
}
