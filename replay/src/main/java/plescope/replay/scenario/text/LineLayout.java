package plescope.replay.scenario.text;

import java.util.ArrayList;
import java.util.List;

/** What stands before an event's payload, and above the first line, in a producer's layout. */
final class LineLayout {
    private static final int COMM_WIDTH = 16;
    private static final int TID_WIDTH = 5;
    private static final int WIDE_TID_WIDTH = 7;
    private static final int PERF_TIME_WIDTH = 12;
    private static final int PERF_EVENT_WIDTH = 34;
    private static final int REPORT_EVENT_WIDTH = 22;
    private static final int SECONDS_WIDTH = 5;
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
    List<String> header(int pcpus, int events) {
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

    private List<String> ftraceHeader(int pcpus, int events) {
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
     * Appends everything up to the payload.
     *
     * @param tgid -1 where unknown
     * @param event without its system
     */
    void prefix(StringBuilder line, String comm, int tid, int tgid, int pcpu, long clockNs, String event) {
        switch (dialect.producer()) {
            case PERF -> perf(line, comm, tid, tgid, pcpu, clockNs, event);
            case TRACE_CMD -> {
                dashed(line, tid == 0 ? "<idle>" : comm, tid, TID_WIDTH);
                line.append('[').append(Payloads.zeros(pcpu, 3)).append("] ");
                clock(line, (clockNs + HALF_MICRO_NS) / 1000, SECONDS_WIDTH).append(": ");
                left(line, event + ": ", REPORT_EVENT_WIDTH);
            }
            case FTRACE -> {
                dashed(
                        line,
                        tid == 0 ? "<idle>" : comm,
                        tid,
                        dialect.kernel().fiveFlags() ? WIDE_TID_WIDTH : TID_WIDTH);
                if (tgids) {
                    right(line.append('('), tgid < 0 || tid == 0 ? "-------" : Integer.toString(tgid), WIDE_TID_WIDTH);
                    line.append(") ");
                }
                line.append('[')
                        .append(Payloads.zeros(pcpu, 3))
                        .append("] ")
                        .append(flags(event))
                        .append(' ');
                clock(line, clockNs / 1000, SECONDS_WIDTH)
                        .append(": ")
                        .append(event)
                        .append(": ");
            }
        }
    }

    private void perf(StringBuilder line, String comm, int tid, int tgid, int pcpu, long clockNs, String event) {
        right(line, tid == 0 ? "swapper" : comm, COMM_WIDTH);
        if (tgids) {
            right(line.append(' '), Integer.toString(Math.max(tgid, 0)), TID_WIDTH);
            left(line.append('/'), Integer.toString(tid), TID_WIDTH);
        } else {
            right(line.append(' '), Integer.toString(tid), TID_WIDTH);
        }
        line.append(" [").append(Payloads.zeros(pcpu, 3)).append("] ");
        clock(line, clockNs / 1000, PERF_TIME_WIDTH - 7).append(": ");
        right(line, (event.startsWith("kvm_") ? "kvm:" : "sched:") + event, PERF_EVENT_WIDTH);
        line.append(": ");
    }

    private static void dashed(StringBuilder line, String comm, int tid, int width) {
        right(line, comm, COMM_WIDTH);
        left(line.append('-'), Integer.toString(tid), width);
        line.append(' ');
    }

    /** Interrupts are off around entries and exits, and a switch holds the run queue's lock. */
    private String flags(String event) {
        String four = event.startsWith("sched_") ? "d..2" : "d..1";
        return dialect.kernel().fiveFlags() ? four + "." : four;
    }

    private static StringBuilder clock(StringBuilder line, long micros, int secondsWidth) {
        right(line, Long.toString(micros / MICROS_PER_SECOND), secondsWidth);
        return line.append('.').append(Payloads.zeros(micros % MICROS_PER_SECOND, 6));
    }

    private static void right(StringBuilder line, String field, int width) {
        line.append(" ".repeat(Math.max(0, width - field.length()))).append(field);
    }

    private static void left(StringBuilder line, String field, int width) {
        line.append(field).append(" ".repeat(Math.max(0, width - field.length())));
    }
}
