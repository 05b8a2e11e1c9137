package plescope.replay.policy;

import java.util.List;
import plescope.replay.policy.PolicySpec.Role;

/**
 * No affine wake-ups within a VM.
 *
 * <h2>Idea</h2>
 * {@link NoAffineVcpuPolicy} for the case that stacks siblings: the waker is a vCPU of the same VM.
 *
 * <h2>Modelled</h2>
 * Such a waker attracts nobody; interrupts and other VMs' vCPUs do as before.
 *
 * <h2>Not modelled</h2>
 * Wakers of the same VM that are no vCPUs, such as its I/O threads.
 *
 * <h2>Source</h2>
 * Construction [I], after X. Zhang.
 */
final class NoAffineSameVmPolicy implements Policy {
    static final PolicySpec SPEC = new PolicySpec(
                    "no-affine-same-vm",
                    Role.OTHER,
                    "A sibling that wakes a vCPU does not attract it",
                    "construction, after X. Zhang",
                    List.of(),
                    values -> new NoAffineSameVmPolicy())
            .replacing(Rule.WAKE_AFFINITY);

    @Override
    public boolean wakesAffine(VcpuView woken, VcpuView waker) {
        return waker == null || waker.vm() != woken.vm();
    }
}
