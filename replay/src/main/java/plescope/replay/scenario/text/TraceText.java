package plescope.replay.scenario.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import plescope.replay.model.ByTid;
import plescope.replay.model.Roster;

/**
 * Events of a trace, put into order and printed as soon as nothing earlier can come. No line is printed after {@code mostLines}.
 */
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

    /** Why an event is there: the last word on order, before that in which events were added. */
    enum Origin {
        RUN,
        IPI,
        WAKEUP,
        INSERTED,
        SCHEDULE
    }

    /** The payload lies in a buffer of all payloads. */
    private record Event(
            long timeNs,
            int pcpu,
            Rank rank,
            Origin origin,
            int tid,
            Tracepoint point,
            boolean pause,
            int from,
            int length) {}

    private static final Comparator<Event> ORDER = (a, b) -> {
        int order = Long.compare(a.timeNs, b.timeNs);
        order = order != 0 ? order : Integer.compare(a.pcpu, b.pcpu);
        order = order != 0 ? order : Integer.compare(a.rank.ordinal(), b.rank.ordinal());
        return order != 0 ? order : Integer.compare(a.origin.ordinal(), b.origin.ordinal());
    };

    private static final Tracepoint[] POINTS = Tracepoint.values();

    private final LineLayout layout;
    private final long startNs;
    private final int pcpus;
    private final TextSink out;
    private final long mostLines;
    private final ByTid<String> comms = new ByTid<>();
    private final ByTid<byte[]> heads = new ByTid<>();
    private final byte[][] tails = new byte[POINTS.length][];
    private final long[] counts = new long[POINTS.length];

    private List<Event> events = new ArrayList<>();
    private TextBuffer payloads = new TextBuffer();
    private int openPayload;
    private final TextBuffer text = new TextBuffer();
    private long lines;
    private long bytes;
    private long pauseExits;
    private Origin origin = Origin.RUN;

    /** The schedule's time 0 is printed as {@code startNs}. */
    TraceText(Roster roster, Dialect dialect, long startNs, TextSink out, long mostLines) {
        this.startNs = startNs;
        this.pcpus = roster.pcpus();
        this.out = out;
        this.mostLines = mostLines;
        this.layout = new LineLayout(dialect, roster.vms().stream().anyMatch(vm -> vm.tgid() >= 0));
        heads.put(0, layout.thread("", 0, -1));
        roster.threads().forEach(thread -> named(thread.tid(), thread.comm(), thread.tgid()));
        roster.vcpus()
                .forEach(vcpu -> named(
                        vcpu.tid(), vcpu.comm(), roster.vms().get(vcpu.vm()).tgid()));
        for (Tracepoint point : POINTS) {
            tails[point.ordinal()] = layout.event(point);
        }
    }

    private void named(int tid, String comm, int tgid) {
        comms.put(tid, comm);
        heads.put(tid, layout.thread(comm, tid, tgid));
    }

    /** Prints what stands above the first event; {@code events} is told only where the producer does. */
    void header(long events) {
        for (String line : layout.header(pcpus, events)) {
            if (lines < mostLines) {
                text.append(line).append('\n');
                lines++;
            }
        }
    }

    /** Events added from now on are there for that reason. */
    void adding(Origin why) {
        origin = why;
    }

    /** The payload of the next event is appended to what this returns. */
    TextBuffer payload() {
        openPayload = payloads.length();
        return payloads;
    }

    /** Adds an event with the payload just appended. */
    void add(long timeNs, int pcpu, Rank rank, int tid, Tracepoint point) {
        add(timeNs, pcpu, rank, tid, point, false);
    }

    /** The same for an exit, which may be one for PAUSE. */
    void add(long timeNs, int pcpu, Rank rank, int tid, Tracepoint point, boolean pause) {
        int size = payloads.length() - openPayload;
        events.add(new Event(timeNs, pcpu, rank, origin, tid, point, pause, openPayload, size));
    }

    /** Name of a thread as payloads have it: each pCPU's idle task has its own. */
    String comm(int tid, int pcpu) {
        if (tid == 0) {
            return "swapper/" + pcpu;
        }
        String comm = comms.get(tid);
        return comm == null ? "task" : comm;
    }

    /** Prints all that happened before that moment. Nothing earlier may be added afterwards. */
    void print(long beforeNs) {
        events.sort(ORDER);
        int printed = 0;
        while (printed < events.size() && events.get(printed).timeNs < beforeNs) {
            print(events.get(printed++));
        }
        flush();
        keep(events.subList(printed, events.size()));
    }

    private void print(Event event) {
        if (lines == mostLines) {
            return;
        }
        byte[] head = heads.get(event.tid);
        if (head == null) {
            named(event.tid, "task", -1);
            head = heads.get(event.tid);
        }
        int point = event.point.ordinal();
        layout.prefix(text, head, event.pcpu, startNs + event.timeNs, event.point, tails[point]);
        text.append(payloads.bytes(), event.from, event.length).append('\n');
        counts[point]++;
        pauseExits += event.pause ? 1 : 0;
        lines++;
    }

    private void flush() {
        if (text.length() > 0) {
            bytes += text.length();
            out.write(text.bytes(), text.length());
            text.clear();
        }
    }

    /** Events of later, and their payloads, are all that is left. */
    private void keep(List<Event> later) {
        TextBuffer kept = new TextBuffer();
        List<Event> moved = new ArrayList<>();
        for (Event e : later) {
            moved.add(new Event(e.timeNs, e.pcpu, e.rank, e.origin, e.tid, e.point, e.pause, kept.length(), e.length));
            kept.append(payloads.bytes(), e.from, e.length);
        }
        payloads = kept;
        events = moved;
    }

    boolean full() {
        return lines == mostLines;
    }

    /** Events held back. */
    int held() {
        return events.size();
    }

    /** What was printed. */
    TraceCounts counts() {
        Map<Tracepoint, Long> events = new EnumMap<>(Tracepoint.class);
        for (Tracepoint point : POINTS) {
            if (counts[point.ordinal()] > 0) {
                events.put(point, counts[point.ordinal()]);
            }
        }
        return new TraceCounts(lines, bytes, events, pauseExits);
    }
}
