package plescope.replay.policy;

import java.util.List;
import plescope.replay.policy.PolicySpec.Role;

/**
 * {@code kvm_vcpu_on_spin} of 2.6.39 to 3.6: directed yield. The later eras extend it and override the tests that changed.
 *
 * <h2>Idea</h2>
 * A spinner gives its pCPU to a sibling that is runnable and not running; the first success ends the scan.
 *
 * <h2>Modelled</h2>
 * Skips vCPUs halted or in guest mode; no limit of tries; {@code last_boosted_vcpu}.
 *
 * <h2>Not modelled</h2>
 * PF_VCPU is cleared for the moments a thread spends in KVM: a vCPU on a pCPU counts as in guest mode [I].
 *
 * <h2>Source</h2>
 * Linux 2.6.39 {@code kvm_vcpu_on_spin} and {@code yield_to}, van Riel and Galbraith 2011 [R].
 */
class P2011Policy implements Policy {
    static final PolicySpec SPEC = new PolicySpec(
                    "p2011",
                    Role.ERA,
                    "Directed yield to any sibling not halted and not running; also called directed-yield",
                    "Linux 2.6.39",
                    List.of(),
                    values -> new P2011Policy())
            .alsoCalled("directed-yield");

    @Override
    public final Verdict judge(VcpuView spinner, VcpuView candidate, ScanStage stage, int round) {
        boolean passes =
                switch (stage) {
                    case READY -> ready(candidate);
                    case AWAKE -> awake(candidate);
                    case MODE -> usefulMode(candidate);
                    case ELIGIBLE -> eligible(candidate);
                };
        return passes ? Verdict.PASS : Verdict.SKIP;
    }

    boolean ready(VcpuView candidate) {
        return !candidate.running();
    }

    boolean awake(VcpuView candidate) {
        return !candidate.blocking();
    }

    /** PAUSE exits come from kernel mode only, so a spinner always asks for a sibling in kernel mode once an era cares. */
    boolean usefulMode(VcpuView candidate) {
        return true;
    }

    boolean eligible(VcpuView candidate) {
        return true;
    }
}
