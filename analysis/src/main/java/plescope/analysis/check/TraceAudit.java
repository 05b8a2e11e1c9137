package plescope.analysis.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import plescope.parser.event.EventKind;
import plescope.parser.event.EventsLost;
import plescope.parser.event.KvmExit;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.TraceEvent;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.Wakeup;
import plescope.replay.timeline.TimelineSink;
import plescope.replay.timeline.VmGrouping;

/**
 * Watches the events of a log go by, in time order, and the timeline that is made of them, and notes where something may be missing.
 * Memory is bounded.
 */
public final class TraceAudit implements TimelineSink {
    /** Enough to see the pattern. */
    static final int KEPT = 5;

    /** Linux has at most 8192 CPUs; damaged lines may name others. */
    private static final int MAX_CPUS = 8192;

    private static final int MAX_THREADS = 1 << 16;

    /** A place in the log. */
    record Break(long timeNs, long line) {}

    private final Map<Integer, CpuTrail> cpus = new TreeMap<>();
    private final CpuClocks clocks = new CpuClocks();
    /** Per thread, whether its last crossing was an entry. */
    private final Map<Integer, Boolean> inGuest = new HashMap<>();

    private CpuTrail nowhere;
    private final List<EventsLost> firstLosses = new ArrayList<>();
    private final List<Break> firstBreaks = new ArrayList<>();
    private long losses;
    private long pauseExits;
    private long halts;
    private long events;
    private long lastNs = Long.MIN_VALUE;
    private long silenceNs;
    private long silenceFromNs;

    /** Takes the next event. */
    public void accept(TraceEvent event) {
        long now = event.timestampNs();
        if (events++ > 0 && now - lastNs > silenceNs) {
            silenceNs = now - lastNs;
            silenceFromNs = lastNs;
        }
        lastNs = Math.max(lastNs, now);
        clocks.accept(event);
        CpuTrail trail = trail(event.pcpu(), now);
        if (event instanceof EventsLost lost) {
            lost(lost, trail);
            return;
        }
        if (event instanceof KvmExit exit) {
            pauseExits += exit.reason().isPause() ? 1 : 0;
            halts += exit.reason().isHalt() ? 1 : 0;
            trail.exited(crossed(event.tid(), false));
        } else if (event.kind() == EventKind.KVM_ENTRY) {
            trail.entered(crossed(event.tid(), true));
        }
        if (event.kind() != EventKind.THREAD_NAMED) {
            trail.seen(event);
        }
    }

    private void lost(EventsLost event, CpuTrail trail) {
        inGuest.clear();
        if (event.count() == 0) {
            return; // another recording begins
        }
        trail.lost(event);
        losses++;
        if (firstLosses.size() < KEPT) {
            firstLosses.add(event);
        }
    }

    /** Whether the thread's crossing before was of the same sort. */
    private boolean crossed(int tid, boolean entry) {
        if (inGuest.size() >= MAX_THREADS && !inGuest.containsKey(tid)) {
            return false;
        }
        Boolean before = inGuest.put(tid, entry);
        return before != null && before == entry;
    }

    /** The CPU's trail; one that is not kept where the log names no CPU. */
    private CpuTrail trail(int cpu, long now) {
        CpuTrail trail = cpus.get(cpu);
        if (trail != null) {
            return trail;
        }
        trail = new CpuTrail(cpu, now);
        if (cpu < 0) {
            nowhere = nowhere == null ? trail : nowhere;
            return nowhere;
        }
        if (cpus.size() < MAX_CPUS) {
            cpus.put(cpu, trail);
        }
        return trail;
    }

    @Override
    public void broken(int vcpu, long timeNs, long line) {
        if (firstBreaks.size() < KEPT) {
            firstBreaks.add(new Break(timeNs, line));
        }
    }

    @Override
    public void interval(VcpuInterval interval) {
        // States are the timeline's business.
    }

    @Override
    public void vcpuEvent(int vcpu, TraceEvent event) {
        // Every event has come by accept already.
    }

    @Override
    public void contextSwitch(SchedSwitch event, int prevVcpu, int nextVcpu) {
        // Likewise.
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        // Likewise.
    }

    @Override
    public void grouped(VmGrouping grouping) {
        // The roster tells in the end.
    }

    /** The first places where nothing before may be joined with what comes after. */
    List<Break> firstBreaks() {
        return firstBreaks;
    }

    /** By ascending number. */
    List<CpuTrail> cpus() {
        return List.copyOf(cpus.values());
    }

    /** Whether the CPUs tell one time. */
    CpuClocks clocks() {
        return clocks;
    }

    /** Entries and exits without partner, also of logs that name no CPU. */
    long unpaired() {
        long sum = nowhere == null ? 0 : nowhere.unpaired();
        for (CpuTrail cpu : cpus.values()) {
            sum += cpu.unpaired();
        }
        return sum;
    }

    List<EventsLost> firstLosses() {
        return firstLosses;
    }

    /** Places where the recorder says it lost events. */
    long losses() {
        return losses;
    }

    long pauseExits() {
        return pauseExits;
    }

    /** HLT exits. */
    long halts() {
        return halts;
    }

    /** Longest time without any event on any CPU. */
    long silenceNs() {
        return silenceNs;
    }

    /** When that began. */
    long silenceFromNs() {
        return silenceFromNs;
    }
}
