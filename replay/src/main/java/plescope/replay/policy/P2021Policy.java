package plescope.replay.policy;

/**
 * {@code kvm_vcpu_on_spin} of 5.13 to 6.11.
 *
 * <h2>Idea</h2>
 * A vCPU preempted in user mode is worth boosting too if an interrupt waits for it: the spinner may wait for its handler.
 *
 * <h2>Modelled</h2>
 * {@link P2019Policy} with the kernel-mode test waived on a pending interrupt where {@code apicv=1}; without APICv, the
 * default, equal to it.
 *
 * <h2>Not modelled</h2>
 * As {@link P2019Policy}; since every preempted vCPU counts as in kernel mode, the waiver changes nothing yet.
 *
 * <h2>Source</h2>
 * Linux 5.13 {@code kvm_vcpu_on_spin} [K]; W. Li, user-mode candidates with a pending interrupt, kvm list, April 2021.
 */
class P2021Policy extends P2019Policy {
    private final boolean apicv;

    P2021Policy(boolean apicv) {
        this.apicv = apicv;
    }

    @Override
    boolean passesKernelModeTest(VcpuView candidate) {
        return (apicv && candidate.pendingInterrupt()) || super.passesKernelModeTest(candidate);
    }
}
