package plescope.replay.spin;

import plescope.replay.model.Origin;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.Wait;
import plescope.replay.timeline.VmGrouping;

/** Writes a judged episode down: the episode, what the host did at each of its PLE exits, and the wait. */
final class EpisodeReporter {
    private final YieldJudge yields;
    private final ScheduleSink out;

    EpisodeReporter(YieldJudge yields, ScheduleSink out) {
        this.yields = yields;
        this.out = out;
    }

    void grouped(VmGrouping now) {
        yields.grouped(now);
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
        int culprit = wait.culprit();
        for (Episode.Yield yield : e.yields) {
            out.directedYield(yields.judge(e, yield, culprit));
        }
        out.waited(wait);
    }
}
