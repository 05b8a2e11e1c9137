package plescope.replay.kvm;

import plescope.replay.policy.Policy;
import plescope.replay.policy.ScanStage;
import plescope.replay.policy.Verdict;
import plescope.replay.scheduler.RunQueue;

/**
 * {@code kvm_vcpu_on_spin}: the scan for a sibling worth running. The frame is the same since 2011; what makes a
 * candidate acceptable, how many failures are borne and what is remembered come from the era's policy.
 */
public final class OnSpin {
    private static final ScanStage[] STAGES = ScanStage.values();

    private final YieldTo yieldTo;
    private final Policy policy;

    public OnSpin(YieldTo yieldTo, Policy policy) {
        this.yieldTo = yieldTo;
        this.policy = policy;
    }

    /**
     * Scans the spinner's VM and yields to the first acceptable sibling that can be yielded to.
     *
     * @return whom it yielded to, null if to nobody; in the first case the spinner stays in the spin loop until it is switched
     *     in again or {@link #resume} is called
     */
    public Vcpu onSpin(Vcpu me, RunQueue rq) {
        Vm vm = me.machine();
        int count = vm.size();
        int start = vm.lastBoosted() + 1;
        int tries = policy.yieldTries();
        me.enterSpinLoop();
        for (int i = 0; i < count; i++) {
            int number = (start + i) % count;
            Vcpu candidate = vm.vcpu(number);
            if (candidate == me || !accepts(me, candidate)) {
                continue;
            }
            int result = yieldTo.yieldTo(rq, candidate.thread());
            if (result > 0) {
                vm.setLastBoosted(policy.lastBoosted(number, i));
                return candidate;
            }
            if (result < 0 && --tries == 0) {
                break;
            }
        }
        me.leaveSpinLoop();
        return null;
    }

    private boolean accepts(Vcpu me, Vcpu candidate) {
        for (ScanStage stage : STAGES) {
            if (policy.judge(me, candidate, stage, 0) == Verdict.SKIP) {
                return false;
            }
        }
        return true;
    }

    /** {@code schedule()} picked the spinner again: on_spin returns without a context switch. */
    public void resume(Vcpu me) {
        me.leaveSpinLoop();
    }
}
