package plescope.replay;

import plescope.replay.model.DirectedYield;
import plescope.replay.model.Ipi;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.model.Wakeup;

/** Throws every row away. */
final class NullSink implements ScheduleSink {
    @Override
    public void interval(VcpuInterval interval) {}

    @Override
    public void vmExit(VmExit exit) {}

    @Override
    public void episode(SpinEpisode episode) {}

    @Override
    public void directedYield(DirectedYield yielded) {}

    @Override
    public void waited(Wait wait) {}

    @Override
    public void ipi(Ipi ipi) {}

    @Override
    public void wakeup(Wakeup wakeup) {}

    @Override
    public void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {}
}
