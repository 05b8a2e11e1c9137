package plescope.replay.policy;

/**
 * {@code kvm_vcpu_on_spin} of 2.6.39.
 *
 * <h2>Idea</h2>
 * A spinner gives its pCPU to a sibling that is runnable and not running; the first success ends the scan.
 *
 * <h2>Modelled</h2>
 * Skips vCPUs halted or in guest mode; no limit of tries; {@code last_boosted_vcpu}.
 *
 * <h2>Not modelled</h2>
 * The boolean {@code yield_to} of 3.9 to 3.13, which took -ESRCH for success.
 *
 * <h2>Source</h2>
 * Linux 2.6.39 {@code kvm_vcpu_on_spin} and {@code yield_to}, van Riel and Galbraith 2011 [R].
 */
final class P2011Policy implements Policy {
    @Override
    public Verdict judge(VcpuView spinner, VcpuView candidate, ScanStage stage, int round) {
        return switch (stage) {
            case READY -> candidate.running() ? Verdict.SKIP : Verdict.PASS;
            case AWAKE -> candidate.blocking() ? Verdict.SKIP : Verdict.PASS;
            case MODE, ELIGIBLE -> Verdict.PASS;
        };
    }
}
