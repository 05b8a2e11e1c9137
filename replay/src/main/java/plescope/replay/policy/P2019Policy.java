package plescope.replay.policy;

/**
 * {@code kvm_vcpu_on_spin} of 5.3 to 5.12.
 *
 * <h2>Idea</h2>
 * Boost only vCPUs that are preempted in kernel mode or just woken from halt, and of those that spin themselves only every
 * second one asked.
 *
 * <h2>Modelled</h2>
 * The filters in kernel order: ready; halted without a pending interrupt; kernel mode if preempted; {@code dy_eligible} with
 * its toggle; three tries.
 *
 * <h2>Not modelled</h2>
 * Spins in guest user mode: text traces do not show the privilege level, so every spinner is taken to ask for kernel-mode
 * targets and every preempted vCPU to be in kernel mode [I].
 *
 * <h2>Source</h2>
 * Linux 5.3 {@code kvm_vcpu_on_spin} [K].
 */
class P2019Policy implements Policy {
    /** {@code try} in {@code kvm_vcpu_on_spin}. */
    private static final int TRIES = 3;

    @Override
    public int yieldTries() {
        return TRIES;
    }

    @Override
    public Verdict judge(VcpuView spinner, VcpuView candidate, ScanStage stage, int round) {
        boolean passes =
                switch (stage) {
                    case READY -> candidate.ready();
                    case AWAKE -> !candidate.blocking() || candidate.pendingInterrupt();
                    case MODE -> !candidate.preempted() || passesKernelModeTest(candidate);
                    case ELIGIBLE -> eligibleForDirectedYield(candidate);
                };
        return passes ? Verdict.PASS : Verdict.SKIP;
    }

    boolean passesKernelModeTest(VcpuView candidate) {
        return candidate.preemptedInKernel();
    }

    /** {@code kvm_vcpu_eligible_for_directed_yield} (3.7): a fellow spinner is skipped once and taken the next time. */
    private static boolean eligibleForDirectedYield(VcpuView candidate) {
        boolean eligible = !candidate.inSpinLoop() || candidate.dyEligible();
        if (candidate.inSpinLoop()) {
            candidate.setDyEligible(!candidate.dyEligible());
        }
        return eligible;
    }
}
