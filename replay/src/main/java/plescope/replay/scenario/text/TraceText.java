package plescope.replay.scenario.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import plescope.replay.model.Roster;

/** Events of a trace, put into order before they are printed. */
final class TraceText {
    /**
     * Order of events of one pCPU at the same nanosecond, as the kernel passes them: what is done before an entry, the entry,
     * what follows an exit. An exit takes time, so an entry at the moment of an exit belongs to the exit before.
     */
    enum Rank {
        INSERTED_EXIT,
        BEFORE_ENTRY,
        ENTRY,
        BEFORE_EXIT,
        EXIT,
        AFTER_EXIT,
        MIGRATE,
        SWITCH,
        AFTER_SWITCH
    }

    private record Event(long timeNs, int pcpu, Rank rank, int sequence, int tid, String name, String payload) {}

    private static final Comparator<Event> ORDER = Comparator.comparingLong(Event::timeNs)
            .thenComparingInt(Event::pcpu)
            .thenComparing(Event::rank)
            .thenComparingInt(Event::sequence);

    private final LineLayout layout;
    private final long startNs;
    private final int pcpus;
    private final List<Event> events = new ArrayList<>();
    private final Map<Integer, String> comms = new HashMap<>();
    private final Map<Integer, Integer> tgids = new HashMap<>();

    /** The schedule's time 0 is printed as {@code startNs}. */
    TraceText(Roster roster, Dialect dialect, long startNs) {
        this.startNs = startNs;
        this.pcpus = roster.pcpus();
        this.layout = new LineLayout(dialect, roster.vms().stream().anyMatch(vm -> vm.tgid() >= 0));
        roster.threads().forEach(thread -> {
            comms.put(thread.tid(), thread.comm());
            tgids.put(thread.tid(), thread.tgid());
        });
        roster.vcpus().forEach(vcpu -> {
            comms.put(vcpu.tid(), vcpu.comm());
            tgids.put(vcpu.tid(), roster.vms().get(vcpu.vm()).tgid());
        });
    }

    void add(long timeNs, int pcpu, Rank rank, int tid, String name, String payload) {
        events.add(new Event(timeNs, pcpu, rank, events.size(), tid, name, payload));
    }

    /** Name of a thread as payloads have it: each pCPU's idle task has its own. */
    String comm(int tid, int pcpu) {
        return tid == 0 ? "swapper/" + pcpu : comms.getOrDefault(tid, "task");
    }

    void print(Consumer<String> out) {
        events.sort(ORDER);
        layout.header(pcpus, events.size()).forEach(out);
        StringBuilder line = new StringBuilder();
        for (Event event : events) {
            line.setLength(0);
            int tid = event.tid();
            layout.prefix(
                    line,
                    comm(tid, event.pcpu()),
                    tid,
                    tgids.getOrDefault(tid, -1),
                    event.pcpu(),
                    startNs + event.timeNs(),
                    event.name());
            out.accept(line.append(event.payload()).toString());
        }
    }
}
