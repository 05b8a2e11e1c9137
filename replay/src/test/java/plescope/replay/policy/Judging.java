package plescope.replay.policy;

/** The whole filter of {@code kvm_vcpu_on_spin} at once. */
public final class Judging {
    private Judging() {}

    public static boolean accepts(Policy policy, VcpuView spinner, VcpuView candidate) {
        for (ScanStage stage : ScanStage.values()) {
            if (policy.judge(spinner, candidate, stage, 0) == Verdict.SKIP) {
                return false;
            }
        }
        return true;
    }
}
