package plescope.parser;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Line prefixes as the tools' own printf formats make them; comms are bytes, shown as ISO-8859-1 characters. */
enum Producers {
    PERF("%1$16s %2$5d [%4$03d] %5$s: ", false, true),
    PERF_6_12("%1$16s %2$7d [%4$03d] %5$s: ", false, true),
    PERF_PID_TID("%1$16s %3$5d/%2$-5d [%4$03d] %5$s: ", true, true),
    PERF_NS("%1$16s %2$5d [%4$03d] %5$s000: ", false, true),
    PERF_NS_PID_TID("%1$16s %3$7d/%2$-7d [%4$03d] %5$s000: ", true, true),
    PERF_PERIOD("%1$16s %2$5d [%4$03d] %5$s:          1 ", false, true),
    PERF_MISC("%1$16s %2$5d [%4$03d] KH    %5$s: ", false, true),
    PERF_TOD("%1$16s %2$5d [%4$03d] 2026-11-20 10:47:14.551067 %5$s: ", false, true),
    PERF_WITHOUT_CPU("%1$16s %2$5d %5$s: ", false, false),
    FTRACE("%1$16s-%2$-7d [%4$03d] d..2. %5$s: ", false, true),
    FTRACE_BEFORE_5_15("%1$16s-%2$-5d [%4$03d] d..2 %5$s: ", false, true),
    FTRACE_WITHOUT_FLAGS("%1$16s-%2$-7d [%4$03d] %5$s: ", false, true),
    FTRACE_TGID("%1$16s-%2$-7d (%3$7d) [%4$03d] d..2. %5$s: ", true, true),
    TRACE_CMD("%1$16s-%2$-5d [%4$03d] %5$s: ", false, true),
    TRACE_CMD_3_3("%1$16s-%2$-5d [%4$03d] d..2. %5$s: ", false, true),
    TRACE_CMD_FULL_TIME("%1$16s-%2$-5d [%4$03d] %5$s000: ", false, true),
    TRACE_CMD_TS_DIFF("%1$16s-%2$-5d [%4$03d] %5$s: (+4)     ", false, true);

    private final String format;
    final boolean processes;
    final boolean cpus;

    Producers(String format, boolean processes, boolean cpus) {
        this.format = format;
        this.processes = processes;
        this.cpus = cpus;
    }

    /** A line without its newline. */
    String line(byte[] comm, int tid, int tgid, int pcpu, String event) {
        String name = new String(comm, StandardCharsets.ISO_8859_1);
        return String.format(Locale.ROOT, format, name, tid, tgid, pcpu, "    3.299988") + event;
    }
}
