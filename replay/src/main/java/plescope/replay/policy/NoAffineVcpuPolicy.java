package plescope.replay.policy;

import java.util.List;
import plescope.replay.policy.PolicySpec.Role;

/**
 * No affine wake-ups for vCPU threads.
 *
 * <h2>Idea</h2>
 * Wake-up affinity pulls the vCPUs of a VM together on one pCPU, where they can only run by turns and spin for each other.
 *
 * <h2>Modelled</h2>
 * A woken vCPU is placed from where it last ran, whoever woke it; then the usual search for an idle pCPU.
 *
 * <h2>Not modelled</h2>
 * Other features that were switched off with it in 2010.
 *
 * <h2>Source</h2>
 * Xiantao Zhang, kvm list, about 2010: AFFINE_WAKEUPS and SYNC_WAKEUPS off. No numbers were published.
 */
final class NoAffineVcpuPolicy implements Policy {
    static final PolicySpec SPEC = new PolicySpec(
                    "no-affine-vcpu",
                    Role.OTHER,
                    "Woken vCPUs stay near where they last ran, whoever wakes them",
                    "X. Zhang, kvm list, about 2010",
                    List.of(),
                    values -> new NoAffineVcpuPolicy())
            .replacing(Rule.WAKE_AFFINITY);

    @Override
    public boolean wakesAffine(VcpuView woken, VcpuView waker) {
        return false;
    }
}
