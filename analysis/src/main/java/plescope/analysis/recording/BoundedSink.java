package plescope.analysis.recording;

import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.Ipi;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wakeup;

/** Stops a reading before the rows that extraction keeps fill the memory. Counts rows of schedules; passes nothing on. */
final class BoundedSink extends SelectiveSink {
    /** What a kept row takes with its lists and the steps made of it: a rough upper bound [I]. */
    static final long BYTES_PER_ROW = 160;

    private final long mostRows;
    private long rows;
    private long pauseExits;

    BoundedSink(long mostRows) {
        this.mostRows = mostRows;
    }

    /** For the memory this process may have: half of it, for simulations need room, too. */
    static BoundedSink forThisMemory() {
        return new BoundedSink(Runtime.getRuntime().maxMemory() / 2 / BYTES_PER_ROW);
    }

    /** PLE exits passed. */
    long pauseExits() {
        return pauseExits;
    }

    private void count(long timeNs) {
        if (++rows > mostRows) {
            throw new RecordingTooLongException(rows, timeNs);
        }
    }

    @Override
    public void interval(VcpuInterval interval) {
        count(interval.endNs());
    }

    @Override
    public void vmExit(VmExit exit) {
        if (exit.reason().family() == Family.PAUSE) {
            pauseExits++;
        }
        count(exit.exitNs());
    }

    @Override
    public void episode(SpinEpisode episode) {
        count(episode.endNs());
    }

    @Override
    public void ipi(Ipi ipi) {
        count(ipi.sentNs());
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        count(wakeup.timeNs());
    }

    /** This bound before another sink. */
    ScheduleSink before(ScheduleSink sink) {
        return ScheduleSink.both(this, sink);
    }
}
