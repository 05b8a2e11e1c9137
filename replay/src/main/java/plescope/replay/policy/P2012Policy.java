package plescope.replay.policy;

import java.util.List;
import plescope.replay.policy.PolicySpec.Role;

/**
 * {@code kvm_vcpu_on_spin} of 3.7 and 3.8.
 *
 * <h2>Idea</h2>
 * A sibling that spins itself is a poor target, but it may be the next in line for the lock: take it every second time.
 *
 * <h2>Modelled</h2>
 * {@link P2011Policy} and {@code kvm_vcpu_eligible_for_directed_yield}: eligible if not in a spin loop, or if
 * {@code dy_eligible}, which the scan toggles for fellow spinners.
 *
 * <h2>Not modelled</h2>
 * As {@link P2011Policy}.
 *
 * <h2>Source</h2>
 * Linux 3.7 [K]; K. T. Raghavendra, kvm list, July 2012.
 */
class P2012Policy extends P2011Policy {
    static final PolicySpec SPEC = new PolicySpec(
            "p2012",
            Role.ERA,
            "p2011, fellow spinners every second time",
            "Linux 3.7",
            List.of(),
            values -> new P2012Policy());

    @Override
    final boolean eligible(VcpuView candidate) {
        boolean eligible = !candidate.inSpinLoop() || candidate.dyEligible();
        if (candidate.inSpinLoop()) {
            candidate.setDyEligible(!candidate.dyEligible());
        }
        return eligible;
    }
}
