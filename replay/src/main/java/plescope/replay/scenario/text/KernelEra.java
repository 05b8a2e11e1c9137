package plescope.replay.scenario.text;

import plescope.replay.policy.SchedulerVersion;

/** Kernels whose tracepoints are spelled alike, named by the release most in use; the changes are in the accessors. */
public enum KernelEra {
    V4_18("4.18", 4, 18),
    V5_6("5.6", 5, 6),
    V5_15("5.15", 5, 15),
    V6_1("6.1", 6, 1),
    V6_12("6.12", 6, 12),
    V6_18("6.18", 6, 18);

    private static final String RELEASE_CANDIDATE = "rc";

    private final String label;
    private final int major;
    private final int minor;

    KernelEra(String label, int major, int minor) {
        this.label = label;
        this.major = major;
        this.minor = minor;
    }

    /** As typed on the command line. */
    public String label() {
        return label;
    }

    /** The latest era that is no younger than the scheduler's kernel. */
    public static KernelEra of(SchedulerVersion scheduler) {
        String version = scheduler.label().substring(scheduler.label().indexOf('-') + 1);
        int candidate = version.indexOf(RELEASE_CANDIDATE);
        String[] numbers = (candidate < 0 ? version : version.substring(0, candidate)).split("\\.", -1);
        int major = Integer.parseInt(numbers[0]);
        int minor = Integer.parseInt(numbers[1]);
        KernelEra era = V4_18;
        for (KernelEra known : values()) {
            if (known.major < major || (known.major == major && known.minor <= minor)) {
                era = known;
            }
        }
        return era;
    }

    private boolean since(KernelEra era) {
        return compareTo(era) >= 0;
    }

    /** {@code kvm_exit} names the vCPU (5.4), and {@code kvm_ple_window_update} is there in place of {@code kvm_ple_window}. */
    boolean exitNamesVcpu() {
        return since(V5_6);
    }

    /** {@code kvm_exit} has named fields behind the rip, and {@code kvm_entry} a rip (5.10). */
    boolean namedExitFields() {
        return since(V5_15);
    }

    /** {@code kvm_exit} prints pending requests, {@code kvm_entry} what is injected (6.14). */
    boolean printsRequests() {
        return since(V6_18);
    }

    /** {@code kvm_inj_virq} prints {@code IRQ 0xec} (6.0). */
    boolean hexVectors() {
        return since(V6_1);
    }

    /** Five flags in ftrace's column instead of four (5.15), and wider process ids. */
    boolean fiveFlags() {
        return since(V5_15);
    }

    /** {@code INTERRUPT_WINDOW} where VMX said {@code PENDING_INTERRUPT} (5.6 [R]). */
    boolean interruptWindow() {
        return since(V5_6);
    }

    /**
     * Whether an IPI that the WRMSR fast path sends is traced before its exit: from 5.5, when the fast path came, until
     * {@code kvm_exit} was moved in front of it, on VMX in 5.9 [R], on SVM after 6.1 (seen in recordings of 6.1 and 6.12).
     */
    boolean ipiBeforeExit(boolean svm) {
        return this == V5_6 || (svm && (this == V5_15 || this == V6_1));
    }
}
