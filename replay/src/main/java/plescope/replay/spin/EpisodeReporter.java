package plescope.replay.spin;

import plescope.replay.model.DirectedYield;
import plescope.replay.model.DirectedYield.Outcome;
import plescope.replay.model.Origin;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.Tristate;
import plescope.replay.model.Wait;
import plescope.replay.timeline.VmGrouping;

/** Writes a judged episode down: the episode, what the host did at each of its PLE exits, and the wait. */
final class EpisodeReporter {
    private final PleWindows.Rules rules;
    private final ScheduleSink out;
    private VmGrouping grouping = VmGrouping.NONE;

    EpisodeReporter(PleWindows.Rules rules, ScheduleSink out) {
        this.rules = rules;
        this.out = out;
    }

    void grouped(VmGrouping now) {
        grouping = now;
    }

    void report(Episode e, Wait wait) {
        out.episode(new SpinEpisode(
                e.id,
                e.vcpu,
                e.startNs,
                e.endNs,
                e.yields.size(),
                e.spinNs,
                e.guestRip,
                e.end,
                Origin.INFERRED,
                e.firstLine,
                e.lastLine));
        int culprit =
                wait.candidates().isEmpty() ? -1 : wait.candidates().get(0).vcpu();
        for (Episode.Yield yield : e.yields) {
            out.directedYield(toModel(e, yield, culprit));
        }
        out.waited(wait);
    }

    private DirectedYield toModel(Episode e, Episode.Yield yield, int culprit) {
        Outcome outcome = outcome(e.vcpu, yield);
        Tristate hit = Tristate.UNKNOWN;
        if (culprit >= 0 && outcome != Outcome.UNKNOWN) {
            hit = Tristate.of(yield.successorVcpu == culprit);
        }
        long offCpuNs = -1;
        if (outcome == Outcome.NO_SWITCH) {
            offCpuNs = 0;
        } else if (yield.inNs >= 0) {
            offCpuNs = Math.max(0, yield.inNs - yield.outNs);
        }
        return new DirectedYield(
                e.id,
                e.vcpu,
                yield.pcpu,
                yield.exitNs,
                outcome,
                yield.successorVcpu,
                yield.successorTid,
                offCpuNs,
                yield.backBeforeProgress,
                hit,
                yield.line);
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
