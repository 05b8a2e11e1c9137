package plescope.replay.spin;

import plescope.replay.model.Continuation;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.DirectedYield.Outcome;
import plescope.replay.model.Tristate;
import plescope.replay.timeline.VmGrouping;

/** What the host's answer to a PLE exit was, and why the spin went on after it. */
final class YieldJudge {
    /** A sibling that comes to run elsewhere within this time is the exit's doing: a reschedule IPI and a context switch [I]. */
    private static final long ANSWER_NS = 30_000;

    private final PleWindows.Rules rules;
    private final VcpuHistories histories;
    private VmGrouping grouping = VmGrouping.NONE;

    YieldJudge(PleWindows.Rules rules, VcpuHistories histories) {
        this.rules = rules;
        this.histories = histories;
    }

    void grouped(VmGrouping now) {
        grouping = now;
    }

    /** The yield as a row; {@code culprit} is whom the episode is believed to wait for, -1 for nobody. */
    DirectedYield judge(Episode e, Episode.Yield yield, int culprit) {
        Outcome outcome = outcome(e.vcpu, yield);
        int target = outcome == Outcome.SIBLING ? yield.successorVcpu : runElsewhere(e, yield, outcome);
        Tristate hit = culprit >= 0 && outcome != Outcome.UNKNOWN
                ? Tristate.of(yield.successorVcpu == culprit)
                : Tristate.UNKNOWN;
        return new DirectedYield(
                e.id,
                e.vcpu,
                yield.pcpu,
                yield.exitNs,
                outcome,
                yield.successorVcpu,
                yield.successorTid,
                offCpuNs(yield, outcome),
                yield.backBeforeProgress,
                hit,
                target,
                target < 0 ? Tristate.UNKNOWN : Tristate.of(outcome == Outcome.SIBLING),
                continuation(e, yield, outcome, target, culprit),
                yield.line);
    }

    private Continuation continuation(Episode e, Episode.Yield yield, Outcome outcome, int target, int culprit) {
        if (yield.backBeforeProgress != Tristate.YES) {
            return Continuation.NONE;
        }
        if (outcome == Outcome.UNKNOWN) {
            return Continuation.UNKNOWN;
        }
        if (culprit < 0) {
            return someoneReady(e, yield) ? Continuation.UNKNOWN : Continuation.NO_CANDIDATE;
        }
        VcpuHistory his = histories.of(culprit);
        if (!his.off.recalls(yield.exitNs)) {
            return Continuation.UNKNOWN;
        }
        if (his.sleptThrough(yield.exitNs, yield.exitNs + 1)) {
            return Continuation.NO_CANDIDATE;
        }
        if (target == culprit || his.readyUntil(yield.exitNs) < 0) {
            return Continuation.HOLDER_RUNNING;
        }
        if (target >= 0) {
            return Continuation.OVERBOOST;
        }
        return switch (outcome) {
            case OTHER_VM, OTHER_THREAD -> Continuation.SCHEDULER_MISMATCH;
            case NO_SWITCH, SIBLING, IDLE, UNKNOWN -> Continuation.LOST_OPPORTUNITY;
        };
    }

    private boolean someoneReady(Episode e, Episode.Yield yield) {
        for (int other : grouping.sameVm(e.vcpu)) {
            if (other != e.vcpu && mayBeReady(other, yield.exitNs)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayBeReady(int vcpu, long atNs) {
        int lull = histories.offAt(vcpu, atNs);
        if (lull != Lulls.NONE) {
            return OffStretches.isReady(histories.off.what(lull));
        }
        VcpuHistory his = histories.of(vcpu);
        return !his.off.recalls(atNs) || his.readyUntil(atNs) >= 0;
    }

    /** The sibling that was ready at the exit and first came to run on another pCPU because of it, -1 for none. */
    private int runElsewhere(Episode e, Episode.Yield yield, Outcome outcome) {
        if (outcome == Outcome.UNKNOWN) {
            return -1;
        }
        return histories.switchIns.reachBackTo(yield.exitNs) ? firstToRun(e, yield.exitNs) : searchFirstToRun(e, yield);
    }

    /** Of the vCPUs of the host that got a pCPU then, the first that fits; of several at one time the one with the lowest index. */
    private int firstToRun(Episode e, long exitNs) {
        SwitchIns ins = histories.switchIns;
        int target = -1;
        long ranNs = exitNs + ANSWER_NS;
        for (long i = ins.firstAfter(exitNs); i < ins.end() && ins.atNs(i) <= ranNs; i++) {
            int other = ins.vcpu(i);
            boolean first = target < 0 ? ins.atNs(i) < ranNs : other < target;
            if (first && grouping.siblings(e.vcpu, other) && ranAt(other, exitNs) == ins.atNs(i)) {
                target = other;
                ranNs = ins.atNs(i);
            }
        }
        return target;
    }

    /** When it came to run that was ready then, -1 where it was not or that is forgotten. */
    private long ranAt(int vcpu, long exitNs) {
        VcpuHistory his = histories.of(vcpu);
        return his.off.recalls(exitNs) ? his.readyUntil(exitNs) : -1;
    }

    /** The same for a time too long ago: all siblings are asked. */
    private int searchFirstToRun(Episode e, Episode.Yield yield) {
        int target = -1;
        long first = yield.exitNs + ANSWER_NS;
        for (int other : grouping.sameVm(e.vcpu)) {
            long ran = other == e.vcpu ? -1 : ranAt(other, yield.exitNs);
            if (ran >= 0 && ran < first) {
                first = ran;
                target = other;
            }
        }
        return target;
    }

    private static long offCpuNs(Episode.Yield yield, Outcome outcome) {
        if (outcome == Outcome.NO_SWITCH) {
            return 0;
        }
        return yield.inNs >= 0 ? Math.max(0, yield.inNs - yield.outNs) : -1;
    }

    private Outcome outcome(int spinner, Episode.Yield yield) {
        if (yield.outNs < 0) {
            return yield.reentered && rules.schedSwitches ? Outcome.NO_SWITCH : Outcome.UNKNOWN;
        }
        if (yield.successorTid == 0) {
            return Outcome.IDLE;
        }
        if (yield.successorVcpu < 0) {
            return Outcome.OTHER_THREAD;
        }
        return grouping.siblings(spinner, yield.successorVcpu) ? Outcome.SIBLING : Outcome.OTHER_VM;
    }
}
