package plescope.replay.policy;

/** A rule of KVM, of the host scheduler or of the guests that a policy replaces. Two policies of a setting never replace the same. */
public enum Rule {
    PAUSE_WINDOW("the base of ple_window"),
    SCAN_ORDER("whom kvm_vcpu_on_spin looks at first"),
    MODE_TEST("the kernel-mode test of kvm_vcpu_on_spin"),
    YIELD_VRUNTIME("the virtual times of a directed yield"),
    TARGET_PCPU("where the target of a yield runs"),
    WAKE_AFFINITY("whether a waker attracts"),
    PLACEMENT("where vCPUs may be placed"),
    PICK("who runs next on a pCPU"),
    GUEST_CPUS("the vCPUs a guest may use"),
    TIMER("what the policy timer does");

    private final String words;

    Rule(String words) {
        this.words = words;
    }

    /** As an object of "replaces". */
    String words() {
        return words;
    }
}
