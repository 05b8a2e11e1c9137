package plescope.replay.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import plescope.replay.model.Roster;

/** Lines in the layout of {@code perf script} with its default columns and microseconds, put into order before printing. */
final class PerfText {
    /**
     * Order of events of one pCPU at the same nanosecond, as the kernel passes them: what is done before an entry, the entry,
     * what follows an exit. An exit takes time, so an entry at the moment of an exit belongs to the exit before.
     */
    enum Rank {
        INSERTED_EXIT,
        BEFORE_ENTRY,
        ENTRY,
        EXIT,
        AFTER_EXIT,
        MIGRATE,
        SWITCH,
        AFTER_SWITCH
    }

    private record Line(long timeNs, int pcpu, Rank rank, int sequence, int tid, String event, String payload) {}

    private static final Comparator<Line> ORDER = Comparator.comparingLong(Line::timeNs)
            .thenComparingInt(Line::pcpu)
            .thenComparing(Line::rank)
            .thenComparingInt(Line::sequence);

    private static final int COMM_WIDTH = 16;
    private static final int TID_WIDTH = 5;
    private static final int TIME_WIDTH = 12;
    private static final int EVENT_WIDTH = 34;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final long startNs;
    private final List<Line> lines = new ArrayList<>();
    private final Map<Integer, String> comms = new HashMap<>();

    /** The schedule's time 0 is printed as {@code startNs}. */
    PerfText(Roster roster, long startNs) {
        this.startNs = startNs;
        roster.threads().forEach(thread -> comms.put(thread.tid(), thread.comm()));
        roster.vcpus().forEach(vcpu -> comms.put(vcpu.tid(), vcpu.comm()));
    }

    void add(long timeNs, int pcpu, Rank rank, int tid, String event, String payload) {
        lines.add(new Line(timeNs, pcpu, rank, lines.size(), tid, event, payload));
    }

    /** Name of a thread as payloads have it: each pCPU's idle task has its own. */
    String comm(int tid, int pcpu) {
        return tid == 0 ? "swapper/" + pcpu : comms.getOrDefault(tid, "task");
    }

    void print(Consumer<String> out) {
        lines.sort(ORDER);
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.setLength(0);
            // The column of names has one name for all idle tasks.
            right(text, line.tid() == 0 ? "swapper" : comm(line.tid(), line.pcpu()), COMM_WIDTH);
            right(text.append(' '), Integer.toString(line.tid()), TID_WIDTH);
            text.append(" [").append(zeros(line.pcpu(), 3)).append("] ");
            right(text, clock(line.timeNs()), TIME_WIDTH);
            right(text.append(": "), line.event(), EVENT_WIDTH);
            out.accept(text.append(": ").append(line.payload()).toString());
        }
    }

    private String clock(long timeNs) {
        long micros = (startNs + timeNs) / 1000;
        return micros / MICROS_PER_SECOND + "." + zeros(micros % MICROS_PER_SECOND, 6);
    }

    static String zeros(long number, int width) {
        String digits = Long.toString(number);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    private static void right(StringBuilder text, String field, int width) {
        text.append(" ".repeat(Math.max(0, width - field.length()))).append(field);
    }
}
