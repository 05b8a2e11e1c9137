package plescope.replay.policy;

import java.util.List;
import plescope.replay.policy.PolicySpec.Role;

/**
 * Pause-loop exiting switched off.
 *
 * <h2>Idea</h2>
 * Spinners burn their slices; the baseline every directed yield is measured against.
 *
 * <h2>Modelled</h2>
 * {@code ple_gap=0}: no PAUSE exit ever.
 *
 * <h2>Not modelled</h2>
 * Guests that adapt, such as paravirtual spinlocks, which halt after 2^15 iterations.
 *
 * <h2>Source</h2>
 * Module parameters {@code ple_gap=0} (kvm_intel), {@code pause_filter_count=0} (kvm_amd) [K].
 */
final class NoPlePolicy implements Policy {
    static final PolicySpec SPEC = new PolicySpec(
            "no-ple",
            Role.PLE_OFF,
            "No pause-loop exits: spinners burn their slices",
            "ple_gap=0",
            List.of(),
            values -> new NoPlePolicy());

    @Override
    public boolean pauseLoopExiting() {
        return false;
    }
}
