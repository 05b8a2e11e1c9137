package plescope.replay.policy;

import java.util.List;
import plescope.replay.policy.PolicySpec.Role;

/**
 * {@code kvm_vcpu_on_spin} of 5.3 to 5.12.
 *
 * <h2>Idea</h2>
 * A vCPU just woken from halt by an interrupt is worth boosting as well: it will answer the interrupt.
 *
 * <h2>Modelled</h2>
 * {@link P2017Policy} with {@code ready} for {@code preempted}; halted vCPUs pass with an interrupt pending; the kernel-mode
 * test is asked of preempted vCPUs only, so that woken ones skip it.
 *
 * <h2>Not modelled</h2>
 * As {@link P2017Policy}. Where the workload does not tell the privilege level, preempted vCPUs count as in kernel mode [I].
 *
 * <h2>Source</h2>
 * Linux 5.3 {@code kvm_vcpu_on_spin} [K]; W. Li, July and August 2019.
 */
class P2019Policy extends P2017Policy {
    static final PolicySpec SPEC = new PolicySpec(
            "p2019",
            Role.ERA,
            "Directed yield to ready siblings, fellow spinners every second time",
            "Linux 5.3",
            List.of(),
            values -> new P2019Policy());

    @Override
    final boolean ready(VcpuView candidate) {
        return candidate.ready();
    }

    @Override
    final boolean awake(VcpuView candidate) {
        return !candidate.blocking() || candidate.pendingInterrupt();
    }

    @Override
    boolean usefulMode(VcpuView candidate) {
        return !candidate.preempted() || super.usefulMode(candidate);
    }
}
