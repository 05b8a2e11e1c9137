package plescope.replay.model;

/** Where a fact comes from; the three never mix silently. */
public enum Origin {
    /** The log has an event that says so. */
    RECORDED,
    /** Deduced from other events. */
    INFERRED,
    /** Made by the simulator. */
    SYNTHETIC
}
