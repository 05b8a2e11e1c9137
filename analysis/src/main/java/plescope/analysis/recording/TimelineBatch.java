package plescope.analysis.recording;

import java.util.Arrays;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.TraceEvent;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.Wakeup;
import plescope.replay.timeline.TimelineSink;
import plescope.replay.timeline.VmGrouping;

/** What a timeline told, kept to be told again in the same order. All of it is immutable, so that another thread may do so. */
final class TimelineBatch implements TimelineSink {
    /** Some milliseconds of work: handing over does not show, and what is under way stays in the cache. */
    static final int LIMIT = 4_096;

    /** What was called. */
    private enum Call {
        INTERVAL,
        VCPU_EVENT,
        ENTERED,
        EXITED,
        CONTEXT_SWITCH,
        WAKEUP,
        BROKEN,
        GROUPED
    }

    private record Broken(long timeNs, long line) {}

    private final Call[] calls = new Call[LIMIT];
    private final Object[] facts = new Object[LIMIT];
    private final int[] vcpus = new int[LIMIT];
    private final int[] nextVcpus = new int[LIMIT];
    private int size;

    boolean isFull() {
        return size == LIMIT;
    }

    /** Tells everything to {@code sink}, and is empty. */
    void drainTo(TimelineSink sink) {
        for (int i = 0; i < size; i++) {
            tell(i, sink);
        }
        Arrays.fill(facts, 0, size, null);
        size = 0;
    }

    private void tell(int i, TimelineSink sink) {
        Object fact = facts[i];
        switch (calls[i]) {
            case INTERVAL -> sink.interval((VcpuInterval) fact);
            case VCPU_EVENT -> sink.vcpuEvent(vcpus[i], (TraceEvent) fact);
            case ENTERED -> sink.entered(vcpus[i], (KvmEntry) fact);
            case EXITED -> sink.exited(vcpus[i], (KvmExit) fact);
            case CONTEXT_SWITCH -> sink.contextSwitch((SchedSwitch) fact, vcpus[i], nextVcpus[i]);
            case WAKEUP -> sink.wakeup((Wakeup) fact);
            case BROKEN -> sink.broken(vcpus[i], ((Broken) fact).timeNs(), ((Broken) fact).line());
            case GROUPED -> sink.grouped((VmGrouping) fact);
        }
    }

    @Override
    public void interval(VcpuInterval interval) {
        add(Call.INTERVAL, -1, interval);
    }

    @Override
    public void vcpuEvent(int vcpu, TraceEvent event) {
        add(Call.VCPU_EVENT, vcpu, event);
    }

    @Override
    public void entered(int vcpu, KvmEntry entry) {
        add(Call.ENTERED, vcpu, entry);
    }

    @Override
    public void exited(int vcpu, KvmExit exit) {
        add(Call.EXITED, vcpu, exit);
    }

    @Override
    public void contextSwitch(SchedSwitch event, int prevVcpu, int nextVcpu) {
        nextVcpus[size] = nextVcpu;
        add(Call.CONTEXT_SWITCH, prevVcpu, event);
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        add(Call.WAKEUP, -1, wakeup);
    }

    @Override
    public void broken(int vcpu, long timeNs, long line) {
        add(Call.BROKEN, vcpu, new Broken(timeNs, line));
    }

    @Override
    public void grouped(VmGrouping grouping) {
        add(Call.GROUPED, -1, grouping);
    }

    private void add(Call call, int vcpu, Object fact) {
        calls[size] = call;
        vcpus[size] = vcpu;
        facts[size++] = fact;
    }
}
