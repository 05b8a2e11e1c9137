package plescope.replay.guest;

/** The guest's privilege level; pause-loop exits happen in its kernel only. */
public enum Privilege {
    KERNEL,
    USER
}
