package plescope.replay.fidelity;

/** Why {@code schedule()} was entered, as far as the log shows it. */
public enum PickKind {
    /** The running thread went to sleep. */
    BLOCK("block"),
    /** The running thread could have gone on, and a thread was woken onto the pCPU while it ran. */
    WAKEUP("wake-up"),
    /** The running thread could have gone on: the tick, a used-up slice, or the hint of a yield on another pCPU. */
    PREEMPTION("preemption"),
    /** The running vCPU left its guest by a PLE exit: {@code kvm_vcpu_on_spin} may have yielded, staying counts as a pick. */
    PLE_EXIT("ple-exit");

    private final String label;

    PickKind(String label) {
        this.label = label;
    }

    /** As printed in tables. */
    public String label() {
        return label;
    }
}
