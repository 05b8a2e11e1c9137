package plescope.analysis.recording;

import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.Ipi;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.model.WakeEdge;
import plescope.replay.model.Wakeup;

/** Passes a schedule on until the rows that extraction keeps would fill the memory; then says so once, and passes nothing on. */
final class BoundedSink implements ScheduleSink {
    /**
     * What a kept row takes with its lists and the steps made of it in three members: a replay of 318 000 rows in two members and two
     * jobs needs between 160 and 240 MB of heap, of which this is half.
     */
    static final long BYTES_PER_ROW = 400;

    private final long mostRows;
    private final Full full;
    private ScheduleSink out;
    private long rows;
    private long pauseExits;

    /** Hears that there is no room for more. */
    interface Full {
        /** With the last of so many rows, at that time of the schedule. */
        void at(long rows, long timeNs);
    }

    BoundedSink(long mostRows, ScheduleSink out, Full full) {
        this.mostRows = mostRows;
        this.out = out;
        this.full = full;
    }

    /** Rows for the memory this process may have: half of it, for simulations need room, too. */
    static long rowsThatFit() {
        return Runtime.getRuntime().maxMemory() / 2 / BYTES_PER_ROW;
    }

    /** PLE exits heard, those not passed on among them. */
    long pauseExits() {
        return pauseExits;
    }

    private void count(long timeNs) {
        if (rows++ == mostRows) {
            out = new SelectiveSink() {};
            full.at(rows, timeNs);
        }
    }

    @Override
    public void interval(VcpuInterval interval) {
        count(interval.endNs());
        out.interval(interval);
    }

    @Override
    public void vmExit(VmExit exit) {
        if (exit.reason().family() == Family.PAUSE) {
            pauseExits++;
        }
        count(exit.exitNs());
        out.vmExit(exit);
    }

    @Override
    public void episode(SpinEpisode episode) {
        count(episode.endNs());
        out.episode(episode);
    }

    @Override
    public void directedYield(DirectedYield yielded) {
        out.directedYield(yielded);
    }

    @Override
    public void waited(Wait wait) {
        out.waited(wait);
    }

    @Override
    public void ipi(Ipi ipi) {
        count(ipi.sentNs());
        out.ipi(ipi);
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        count(wakeup.timeNs());
        out.wakeup(wakeup);
    }

    @Override
    public void wakeEdge(WakeEdge edge) {
        out.wakeEdge(edge);
    }

    @Override
    public void timerArmed(int vcpu, long timeNs, long deadline) {
        out.timerArmed(vcpu, timeNs, deadline);
    }

    @Override
    public void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {
        out.contextSwitch(pcpu, timeNs, prevTid, nextTid);
    }
}
