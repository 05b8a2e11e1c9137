package plescope.replay.testing;

import java.util.ArrayList;
import java.util.List;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.TraceEvent;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.Wakeup;
import plescope.replay.timeline.TimelineSink;
import plescope.replay.timeline.VmGrouping;

/** Keeps what a timeline said. */
public final class RecordingTimelineSink implements TimelineSink {
    public final List<VcpuInterval> intervals = new ArrayList<>();
    public final List<Wakeup> wakeups = new ArrayList<>();
    public VmGrouping grouping = VmGrouping.NONE;
    public int breaks;

    /** The intervals of one vCPU as {@code STATE start..end} in microseconds, one per line. */
    public List<String> story(int vcpu) {
        List<String> story = new ArrayList<>();
        for (VcpuInterval i : intervals) {
            if (i.vcpu() == vcpu) {
                String mark = i.origin() == plescope.replay.model.Origin.INFERRED ? "~" : "";
                story.add(i.state() + mark + " " + i.startNs() / 1000 + ".." + i.endNs() / 1000);
            }
        }
        return story;
    }

    @Override
    public void interval(VcpuInterval interval) {
        intervals.add(interval);
    }

    @Override
    public void vcpuEvent(int vcpu, TraceEvent event) {}

    @Override
    public void contextSwitch(SchedSwitch event, int prevVcpu, int nextVcpu) {}

    @Override
    public void wakeup(Wakeup wakeup) {
        wakeups.add(wakeup);
    }

    @Override
    public void broken(int vcpu, long timeNs, long line) {
        breaks++;
    }

    @Override
    public void grouped(VmGrouping now) {
        grouping = now;
    }
}
