package plescope.replay.scenario.text;

import java.util.ArrayList;
import java.util.List;

/** What stands before an event's payload, and above the first line, in a producer's layout. */
final class LineLayout {
    private static final int COMM_WIDTH = 16;
    private static final int TID_WIDTH = 5;
    private static final int WIDE_TID_WIDTH = 7;
    private static final int PERF_EVENT_WIDTH = 34;
    private static final int REPORT_EVENT_WIDTH = 22;
    private static final int SECONDS_WIDTH = 5;
    private static final int MICRO_DIGITS = 6;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long HALF_MICRO_NS = 500;

    private final Dialect dialect;
    private final boolean tgids;

    /** With {@code tgids}, process ids are printed where the producer can: {@code -F +pid}, {@code record-tgid}. */
    LineLayout(Dialect dialect, boolean tgids) {
        this.dialect = dialect;
        this.tgids = tgids;
    }

    /** Lines above the first event. */
    List<String> header(int pcpus, long events) {
        return switch (dialect.producer()) {
            case PERF -> dialect.header() ? perfHeader(pcpus) : List.of();
            case TRACE_CMD -> List.of("cpus=" + pcpus);
            case FTRACE -> ftraceHeader(pcpus, events);
        };
    }

    private List<String> perfHeader(int pcpus) {
        return List.of(
                "# ========",
                "# hostname : synthetic",
                "# os release : " + dialect.kernel().label() + ".0",
                "# arch : x86_64",
                "# nrcpus online : " + pcpus,
                "# cpudesc : simulated by plescope",
                "# cpuid : " + (dialect.svm() ? "AuthenticAMD,25,17,1" : "GenuineIntel,6,85,7"),
                "# cmdline : plescope synthesize",
                "# ========",
                "#");
    }

    private List<String> ftraceHeader(int pcpus, long events) {
        String column = tgids ? " ".repeat(10) : "";
        String gap = dialect.kernel().fiveFlags() ? "  " : "";
        String left = "#" + " ".repeat(28) + gap + column;
        List<String> lines = new ArrayList<>(List.of(
                "# tracer: nop",
                "#",
                "# entries-in-buffer/entries-written: " + events + "/" + events + "   #P:" + pcpus,
                "#",
                left + "  _-----=> irqs-off" + (dialect.kernel().fiveFlags() ? "/BH-disabled" : ""),
                left + " / _----=> need-resched",
                left + "| / _---=> hardirq/softirq",
                left + "|| / _--=> preempt-depth"));
        String tasks = "#           TASK-PID  " + gap + (tgids ? "    TGID  " : "") + " CPU#  ";
        if (dialect.kernel().fiveFlags()) {
            lines.add(left + "||| / _-=> migrate-disable");
            lines.add(left + "|||| /     delay");
            lines.add(tasks + "|||||  TIMESTAMP  FUNCTION");
        } else {
            lines.add(left + "||| /     delay");
            lines.add(tasks + "||||    TIMESTAMP  FUNCTION");
        }
        return lines;
    }

    /**
     * What begins every line of a thread, up to the pCPU's number.
     *
     * @param comm empty for the idle task, which each producer names its own way
     * @param tgid -1 where unknown
     */
    byte[] thread(String comm, int tid, int tgid) {
        TextBuffer head = new TextBuffer();
        switch (dialect.producer()) {
            case PERF -> {
                head.right(comm.isEmpty() ? "swapper" : comm, COMM_WIDTH).append(' ');
                if (tgids) {
                    head.right(Math.max(tgid, 0), TID_WIDTH).append('/').left(Integer.toString(tid), TID_WIDTH);
                } else {
                    head.right(tid, TID_WIDTH);
                }
                head.append(' ');
            }
            case TRACE_CMD -> dashed(head, comm, tid, TID_WIDTH);
            case FTRACE -> {
                dashed(head, comm, tid, dialect.kernel().fiveFlags() ? WIDE_TID_WIDTH : TID_WIDTH);
                if (tgids) {
                    String group = tgid < 0 || comm.isEmpty() ? "-------" : Integer.toString(tgid);
                    head.append('(').right(group, WIDE_TID_WIDTH).append(") ");
                }
            }
        }
        return head.append('[').toBytes();
    }

    private static void dashed(TextBuffer head, String comm, int tid, int width) {
        head.right(comm.isEmpty() ? "<idle>" : comm, COMM_WIDTH);
        head.append('-').left(Integer.toString(tid), width).append(' ');
    }

    /** What stands between clock and payload. */
    byte[] event(Tracepoint point) {
        TextBuffer tail = new TextBuffer().append(": ");
        switch (dialect.producer()) {
            case PERF ->
                tail.right(point.system() + ":" + point.label(), PERF_EVENT_WIDTH)
                        .append(": ");
            case TRACE_CMD -> tail.left(point.label() + ": ", REPORT_EVENT_WIDTH);
            case FTRACE -> tail.append(point.label()).append(": ");
        }
        return tail.toBytes();
    }

    /** Appends a line up to its payload; {@code thread} and {@code event} are what the methods of these names give. */
    void prefix(TextBuffer line, byte[] thread, int pcpu, long clockNs, Tracepoint point, byte[] event) {
        line.append(thread).zeros(pcpu, Payloads.CPU_WIDTH).append("] ");
        if (dialect.producer() == Producer.FTRACE) {
            line.append(flags(point)).append(' ');
        }
        boolean rounds = dialect.producer() == Producer.TRACE_CMD;
        long micros = (rounds ? clockNs + HALF_MICRO_NS : clockNs) / 1000;
        line.right(micros / MICROS_PER_SECOND, SECONDS_WIDTH).append('.');
        line.zeros(micros % MICROS_PER_SECOND, MICRO_DIGITS).append(event);
    }

    /** Interrupts are off around entries and exits, and a switch holds the run queue's lock. */
    private String flags(Tracepoint point) {
        String four = point.system().equals("sched") ? "d..2" : "d..1";
        return dialect.kernel().fiveFlags() ? four + "." : four;
    }
}
