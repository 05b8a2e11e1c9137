package plescope.analysis.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import plescope.parser.ReadSummary;
import plescope.parser.TraceFormat;

/** The commands that would record what every report needs, and about how much they write. */
final class RecordingAdvice {
    /** Bytes of perf.data per event, with process, thread and time: 91 to 114 in eight files of perf 6.1. */
    private static final int PERF_DATA_BYTES = 100;

    /** Bytes of trace.dat per event: 11 and 15 in two files of trace-cmd 3.1, which compresses; older ones take about three times that [I]. */
    private static final int TRACE_DAT_BYTES = 15;

    private final ReadSummary summary;

    RecordingAdvice(ReadSummary summary) {
        this.summary = summary;
    }

    /** Lines to print; the recorder of the log comes first. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (summary.format() == TraceFormat.PERF_SCRIPT) {
            lines.add(perf());
            lines.add(traceCmd());
        } else {
            lines.add(traceCmd());
            lines.add(perf());
        }
        lines.add(size());
        return lines;
    }

    private static String perf() {
        StringBuilder command = new StringBuilder("perf record -a -m 16M -o perf.data");
        for (Tracepoint tracepoint : Tracepoint.values()) {
            command.append(" -e ").append(tracepoint.qualified());
        }
        return command + " -- sleep 2; perf script --ns --show-lost-events --header -F +pid -i perf.data";
    }

    private static String traceCmd() {
        StringBuilder command = new StringBuilder("trace-cmd record -b 65536 -C mono");
        for (Tracepoint tracepoint : Tracepoint.values()) {
            command.append(" -e ").append(tracepoint.qualified());
        }
        return command + " sleep 2; trace-cmd report -N -t -i trace.dat";
    }

    /**
     * Present tracepoints at their rates. Each missing one can hardly outnumber the most frequent present one: entries pair
     * with exits, switches and wake-ups follow exits.
     */
    private String size() {
        double seconds = Math.max(summary.spanNs(), 1) / 1e9;
        long present = 0;
        long most = 0;
        long missing = 0;
        for (Tracepoint tracepoint : Tracepoint.values()) {
            long count = tracepoint.count(summary.events());
            present += count;
            most = Math.max(most, count);
            missing += count == 0 ? 1 : 0;
        }
        double least = present / seconds;
        double atMost = (present + missing * most) / seconds;
        return String.format(
                Locale.ROOT,
                "on this host %s to %s of these events a second: %s to %s a second in perf.data, %s to %s in trace.dat",
                thousands(least),
                thousands(atMost),
                megabytes(least * PERF_DATA_BYTES),
                megabytes(atMost * PERF_DATA_BYTES),
                megabytes(least * TRACE_DAT_BYTES),
                megabytes(atMost * TRACE_DAT_BYTES));
    }

    private static String thousands(double count) {
        return String.format(Locale.ROOT, "%.1f k", count / 1e3);
    }

    private static String megabytes(double bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
