package plescope.replay.kvm;

import plescope.replay.policy.Policy;
import plescope.replay.policy.ScanStage;
import plescope.replay.policy.Verdict;
import plescope.replay.scheduler.RunQueue;

/**
 * {@code kvm_vcpu_on_spin}: the scan for a sibling worth running. The frame is the same since 2011; what makes a
 * candidate acceptable, how many failures are borne and what is remembered come from the era's policy. Also the yields that
 * guests ask for by name.
 */
public final class OnSpin {
    private static final ScanStage[] STAGES = ScanStage.values();
    private static final int NOBODY = -1;

    private final YieldTo yieldTo;
    private final Policy policy;

    /** Failures the scan under way still bears. */
    private int tries;

    /** Whether its last attempt ended in {@code schedule()} having to be entered. */
    private boolean yielded;

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
        me.enterSpinLoop();
        tries = policy.yieldTries();
        yielded = false;
        int found = scanAll(me, rq);
        if (yielded) {
            return me.machine().vcpu(found);
        }
        me.leaveSpinLoop();
        return null;
    }

    /** Number of the vCPU that ended the scan with success. */
    private int scanAll(Vcpu me, RunQueue rq) {
        int start = me.machine().lastBoosted() + 1;
        int first = policy.firstChoice(me);
        if (first >= 0 && first < me.machine().size()) {
            int offset = Math.floorMod(first - start, me.machine().size());
            if (attempt(me, rq, first, offset, 0)) {
                return first;
            }
        }
        int rounds = policy.scanRounds();
        for (int round = 0; round < rounds && tries > 0; round++) {
            int found = scan(me, rq, start, round, round == 0 ? first : NOBODY);
            if (found >= 0) {
                return found;
            }
        }
        return NOBODY;
    }

    private int scan(Vcpu me, RunQueue rq, int start, int round, int judged) {
        int count = me.machine().size();
        for (int i = 0; i < count && tries > 0; i++) {
            int number = (start + i) % count;
            if (number != judged && attempt(me, rq, number, i, round)) {
                return number;
            }
        }
        return NOBODY;
    }

    /** Judges a sibling and yields to it; true ends the scan. */
    private boolean attempt(Vcpu me, RunQueue rq, int number, int offset, int round) {
        Vcpu candidate = me.machine().vcpu(number);
        if (candidate == me || !accepts(me, candidate, round)) {
            return false;
        }
        int result = yieldTo(me, rq, candidate);
        yielded = result > 0;
        if (yielded || (result < 0 && policy.takesFailureForSuccess())) {
            me.boosts(policy.lastBoosted(number, offset));
            return true;
        }
        if (result < 0) {
            tries--;
        }
        return false;
    }

    private boolean accepts(Vcpu me, Vcpu candidate, int round) {
        for (ScanStage stage : STAGES) {
            if (policy.judge(me, candidate, stage, round) == Verdict.SKIP) {
                return false;
            }
        }
        return true;
    }

    /** {@code kvm_vcpu_yield_to}. */
    private int yieldTo(Vcpu me, RunQueue rq, Vcpu target) {
        policy.onYieldTo(me, target);
        int result = yieldTo.yieldTo(rq, target.thread());
        me.countYield(result > 0);
        return result;
    }

    /**
     * {@code kvm_sched_yield}, the host's side of KVM_HC_SCHED_YIELD: refuses if this pCPU has nothing else to run, if the target
     * is not ready, and if it is the caller [R].
     *
     * @return whether the caller must enter {@code schedule()}
     */
    public boolean schedYield(Vcpu me, RunQueue rq, Vcpu target) {
        if (rq.nrRunning() == 1 || !target.ready() || target == me) {
            me.countYield(false);
            return false;
        }
        return yieldTo(me, rq, target) > 0;
    }

    /** s390's diag 9c: yields to that vCPU unless it is the caller [R]. Whether it must enter {@code schedule()}. */
    public boolean yieldDirected(Vcpu me, RunQueue rq, Vcpu target) {
        if (target == me) {
            me.countYield(false);
            return false;
        }
        return yieldTo(me, rq, target) > 0;
    }

    /** {@code schedule()} picked the spinner again: on_spin returns without a context switch. */
    public void resume(Vcpu me) {
        me.leaveSpinLoop();
    }
}
