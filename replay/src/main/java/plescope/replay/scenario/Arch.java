package plescope.replay.scenario;

/** Which hardware virtualises. */
public enum Arch {
    /** VMX or SVM, with pause-loop exits. */
    X86,
    /** No pause-loop exits: guests yield by diagnose calls. */
    S390
}
