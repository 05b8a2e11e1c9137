package plescope.replay.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.Ipi;
import plescope.replay.model.Origin;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.model.WakeEdge;
import plescope.replay.model.Wakeup;

/** Keeps a schedule. */
public final class RecordingScheduleSink implements ScheduleSink {
    public final List<VcpuInterval> intervals = new ArrayList<>();
    public final List<VmExit> exits = new ArrayList<>();
    public final List<SpinEpisode> episodes = new ArrayList<>();
    public final List<DirectedYield> yields = new ArrayList<>();
    public final List<Wait> waits = new ArrayList<>();
    public final List<Ipi> ipis = new ArrayList<>();
    public final List<Wakeup> wakeups = new ArrayList<>();
    public final List<WakeEdge> wakeEdges = new ArrayList<>();
    public long switches;
    /** Episodes that came before an interval they cover: the sink's contract forbids them. */
    public final List<SpinEpisode> early = new ArrayList<>();

    private final Map<Integer, Long> coveredNs = new HashMap<>();

    /** The intervals of one vCPU between two times as {@code STATE start..end} in microseconds; {@code ~} marks INFERRED. */
    public List<String> story(int vcpu, long fromUs, long toUs) {
        List<String> story = new ArrayList<>();
        for (VcpuInterval i : intervals) {
            if (i.vcpu() == vcpu && i.startNs() >= fromUs * 1000 && i.endNs() <= toUs * 1000) {
                String mark = i.origin() == Origin.INFERRED ? "~" : "";
                story.add(i.state() + mark + " " + i.startNs() / 1000 + ".." + i.endNs() / 1000);
            }
        }
        return story;
    }

    /** The wait of an episode. */
    public Wait waitOf(SpinEpisode episode) {
        return waits.stream()
                .filter(w -> w.episode() == episode.id())
                .findFirst()
                .orElseThrow(() -> new AssertionError("episode " + episode.id() + " has no wait"));
    }

    @Override
    public void interval(VcpuInterval interval) {
        intervals.add(interval);
        coveredNs.put(interval.vcpu(), interval.endNs());
    }

    @Override
    public void vmExit(VmExit exit) {
        exits.add(exit);
    }

    @Override
    public void episode(SpinEpisode episode) {
        episodes.add(episode);
        if (coveredNs.getOrDefault(episode.vcpu(), 0L) < episode.endNs()) {
            early.add(episode);
        }
    }

    @Override
    public void directedYield(DirectedYield yielded) {
        yields.add(yielded);
    }

    @Override
    public void waited(Wait wait) {
        waits.add(wait);
    }

    @Override
    public void ipi(Ipi ipi) {
        ipis.add(ipi);
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        wakeups.add(wakeup);
    }

    @Override
    public void wakeEdge(WakeEdge edge) {
        wakeEdges.add(edge);
    }

    @Override
    public void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {
        switches++;
    }
}
