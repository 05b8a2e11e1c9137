package plescope.analysis.recording;

import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.TraceEvent;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.Wakeup;
import plescope.replay.timeline.TimelineSink;
import plescope.replay.timeline.VmGrouping;

/**
 * Tells a timeline to a sink that works on a thread of its own, in the same order: finding spin costs about as much as all that comes
 * before it.
 */
final class TimelineHandOver implements TimelineSink, AutoCloseable {
    private final HandOver<TimelineBatch> batches;
    private TimelineBatch batch;

    /** @param sink the thread's own until {@link #finish()} or {@link #close()} return */
    TimelineHandOver(String threadName, TimelineSink sink) {
        batches = new HandOver<>(threadName, TimelineBatch::new, full -> full.drainTo(sink));
        batch = batches.first();
    }

    /** Waits until the sink has been told everything. */
    void finish() {
        batches.finish(batch);
    }

    /** Tells no more, whatever was not told yet. */
    @Override
    public void close() {
        batches.close();
    }

    private TimelineBatch room() {
        if (batch.isFull()) {
            batch = batches.exchange(batch);
        }
        return batch;
    }

    @Override
    public void interval(VcpuInterval interval) {
        room().interval(interval);
    }

    @Override
    public void vcpuEvent(int vcpu, TraceEvent event) {
        room().vcpuEvent(vcpu, event);
    }

    @Override
    public void entered(int vcpu, KvmEntry entry) {
        room().entered(vcpu, entry);
    }

    @Override
    public void exited(int vcpu, KvmExit exit) {
        room().exited(vcpu, exit);
    }

    @Override
    public void contextSwitch(SchedSwitch event, int prevVcpu, int nextVcpu) {
        room().contextSwitch(event, prevVcpu, nextVcpu);
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        room().wakeup(wakeup);
    }

    @Override
    public void broken(int vcpu, long timeNs, long line) {
        room().broken(vcpu, timeNs, line);
    }

    @Override
    public void grouped(VmGrouping grouping) {
        room().grouped(grouping);
    }
}
