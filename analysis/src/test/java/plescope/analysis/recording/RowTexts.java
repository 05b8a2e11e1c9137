package plescope.analysis.recording;

import java.util.List;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.Ipi;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.model.WakeEdge;
import plescope.replay.model.Wakeup;

/** Keeps every row of a schedule as text, to compare schedules. */
record RowTexts(List<String> rows) implements ScheduleSink {
    @Override
    public void interval(VcpuInterval interval) {
        rows.add(interval.toString());
    }

    @Override
    public void vmExit(VmExit exit) {
        rows.add(exit.toString());
    }

    @Override
    public void episode(SpinEpisode episode) {
        rows.add(episode.toString());
    }

    @Override
    public void directedYield(DirectedYield yielded) {
        rows.add(yielded.toString());
    }

    @Override
    public void waited(Wait wait) {
        rows.add(wait.toString());
    }

    @Override
    public void ipi(Ipi ipi) {
        rows.add(ipi.toString());
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        rows.add(wakeup.toString());
    }

    @Override
    public void wakeEdge(WakeEdge edge) {
        rows.add(edge.toString());
    }

    @Override
    public void timerArmed(int vcpu, long timeNs, long deadline) {
        rows.add("timer " + vcpu + " " + timeNs + " " + deadline);
    }

    @Override
    public void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {
        rows.add(pcpu + " " + timeNs + " " + prevTid + " " + nextTid);
    }
}
