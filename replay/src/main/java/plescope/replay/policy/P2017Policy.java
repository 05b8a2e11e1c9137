package plescope.replay.policy;

import java.util.List;
import plescope.replay.policy.PolicySpec.Role;

/**
 * {@code kvm_vcpu_on_spin} of 4.14 to 5.2.
 *
 * <h2>Idea</h2>
 * A spinner in kernel mode waits for something in kernel mode: a sibling preempted in user mode holds no kernel lock.
 *
 * <h2>Modelled</h2>
 * {@link P2013Policy} without its defect, and only siblings preempted in kernel mode.
 *
 * <h2>Not modelled</h2>
 * Spins in user mode, which SVM can exit on, too.
 *
 * <h2>Source</h2>
 * Linux 4.14 {@code kvm_arch_vcpu_in_kernel} [K]; Longpeng, August 2017.
 */
class P2017Policy extends P2013Policy {
    static final PolicySpec SPEC = new PolicySpec(
            "p2017",
            Role.ERA,
            "p2013 for siblings preempted in kernel mode",
            "Linux 4.14",
            List.of(),
            values -> new P2017Policy());

    P2017Policy() {
        super(false);
    }

    @Override
    boolean usefulMode(VcpuView candidate) {
        return candidate.preemptedInKernel();
    }
}
