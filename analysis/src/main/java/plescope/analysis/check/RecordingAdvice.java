package plescope.analysis.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import plescope.parser.ReadSummary;
import plescope.parser.TraceFormat;

/** The commands that would record what every report needs, and about how much they write. */
final class RecordingAdvice {
    private final ReadSummary summary;

    RecordingAdvice(ReadSummary summary) {
        this.summary = summary;
    }

    /** Lines to print; the recorder of the log comes first. */
    List<String> lines() {
        RecordingCommands commands = new RecordingCommands(EnumSet.allOf(Tracepoint.class));
        List<String> lines = new ArrayList<>();
        if (summary.format() == TraceFormat.PERF_SCRIPT) {
            lines.add(commands.perf());
            lines.add(commands.traceCmd());
        } else {
            lines.add(commands.traceCmd());
            lines.add(commands.perf());
        }
        lines.add(size());
        return lines;
    }

    /**
     * Present tracepoints at their rates. Each missing one can hardly outnumber the most frequent present one: entries pair
     * with exits, switches and wake-ups follow exits.
     */
    private String size() {
        if (summary.spanNs() == 0) {
            return "how much that will be, a log of one moment does not tell";
        }
        double seconds = summary.spanNs() / 1e9;
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
                RecordingCommands.megabytes(least * RecordingCommands.PERF_DATA_BYTES),
                RecordingCommands.megabytes(atMost * RecordingCommands.PERF_DATA_BYTES),
                RecordingCommands.megabytes(least * RecordingCommands.TRACE_DAT_BYTES),
                RecordingCommands.megabytes(atMost * RecordingCommands.TRACE_DAT_BYTES));
    }

    private static String thousands(double count) {
        return String.format(Locale.ROOT, "%.1f k", count / 1e3);
    }
}
