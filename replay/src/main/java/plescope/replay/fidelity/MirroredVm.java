package plescope.replay.fidelity;

import plescope.replay.kvm.YieldTo;
import plescope.replay.policy.Policy;
import plescope.replay.policy.ScanStage;
import plescope.replay.policy.Verdict;
import plescope.replay.scheduler.RunQueue;

/** {@code struct kvm} and its {@code kvm_vcpu_on_spin}, in the kernel's own timing. */
final class MirroredVm {
    private static final ScanStage[] STAGES = ScanStage.values();

    final int id;

    /** In the order of their numbers. */
    final MirroredVcpu[] vcpus;

    /** {@code kvm->last_boosted_vcpu}. */
    int lastBoosted;

    MirroredVm(int id, int size) {
        this.id = id;
        this.vcpus = new MirroredVcpu[size];
    }

    /**
     * Scans for a sibling and yields to it. {@code last_boosted_vcpu} is stored when yield_to returns, and that is after its
     * {@code schedule()}: other spinners of the VM scan meanwhile with the old value [K].
     *
     * @return whether the spinner yielded
     */
    boolean onSpin(MirroredVcpu me, RunQueue rq, YieldTo yieldTo, Policy policy) {
        int tries = policy.yieldTries();
        me.enterSpinLoop();
        for (int i = 0; i < vcpus.length; i++) {
            int number = (lastBoosted + 1 + i) % vcpus.length;
            MirroredVcpu candidate = vcpus[number];
            // A thread the log has not shown yet is on no queue; settings without PLE do not ask for readiness.
            if (candidate == me || !candidate.thread().placed() || !accepts(policy, me, candidate)) {
                continue;
            }
            int result = yieldTo.yieldTo(rq, candidate.thread());
            if (result > 0) {
                me.boosts(policy.lastBoosted(number, i));
                return true;
            }
            if (result < 0 && --tries == 0) {
                break;
            }
        }
        me.leaveSpinLoop();
        return false;
    }

    private static boolean accepts(Policy policy, MirroredVcpu me, MirroredVcpu candidate) {
        for (ScanStage stage : STAGES) {
            if (policy.judge(me, candidate, stage, 0) == Verdict.SKIP) {
                return false;
            }
        }
        return true;
    }
}
