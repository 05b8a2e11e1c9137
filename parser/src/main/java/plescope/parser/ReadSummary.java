package plescope.parser;

import java.util.List;
import java.util.Map;
import plescope.parser.diagnostic.DiagnosticLog;
import plescope.parser.event.ExitReason;
import plescope.parser.text.MergedLines;

/**
 * What one pass over a log found beside its events.
 *
 * @param source file name, or {@code <stdin>}
 * @param files names of the texts that were merged; line numbers of the one at index i begin at i * {@link #FILE_STEP}
 * @param lines all lines, of any sort
 * @param events how often each tracepoint occurred, by the kernel's name without the system, most frequent first, then by name
 * @param firstTimestampNs clock reading of the first event line, nanoseconds as printed; event times count from here
 * @param lastTimestampNs clock reading of the last event in time order
 * @param timestampResolutionNs 1000 for microsecond text, 1 for nanosecond text
 * @param lostEvents events the recorder says it lost; a loss without a count counts as one
 * @param reordered event lines that stood behind later ones, as they do where per-CPU buffers are merged, and were sorted
 * @param header facts of a {@code perf script --header} or ftrace head: keys as printed, such as {@code os release}
 * @param kernel what the text tells about the recording kernel
 */
public record ReadSummary(
        String source,
        List<String> files,
        TraceFormat format,
        ExitReason.Isa isa,
        long lines,
        Map<String, Long> events,
        long firstTimestampNs,
        long lastTimestampNs,
        long timestampResolutionNs,
        long lostEvents,
        long reordered,
        Map<String, String> header,
        KernelHints kernel,
        DiagnosticLog diagnostics) {

    /** Parts the line numbers of one file from those of the next. */
    public static final long FILE_STEP = MergedLines.FILE_STEP;

    /** Recorded span in nanoseconds. */
    public long spanNs() {
        return lastTimestampNs - firstTimestampNs;
    }

    /** Number of event lines of any tracepoint. */
    public long eventCount() {
        return events.values().stream().mapToLong(Long::longValue).sum();
    }
}
