package plescope.analysis.check;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Commands that record some tracepoints on all CPUs of a host for two seconds and print them as text, one per recorder. */
final class RecordingCommands {
    /** Bytes of perf.data per event, with process, thread and time: 91 to 114 in eight files of perf 6.1. */
    static final int PERF_DATA_BYTES = 100;

    /** Bytes of trace.dat per event: 11 and 15 in two files of trace-cmd 3.1, which compresses; older ones take about three times that [I]. */
    static final int TRACE_DAT_BYTES = 15;

    /** Bytes of text per event: 128 in 439 557 lines of perf script, which zstd makes 4.5. */
    private static final int TEXT_BYTES = 130;

    /** Room per CPU in ftrace's own buffers, KiB; where it is full, the oldest events go. */
    private static final int BUFFER_KIB = 65_536;

    private final Set<Tracepoint> tracepoints;

    RecordingCommands(Set<Tracepoint> tracepoints) {
        this.tracepoints = tracepoints;
    }

    private String joined(String before, String between) {
        return tracepoints.stream().map(t -> before + t.qualified()).collect(Collectors.joining(between));
    }

    /** Rings of 16 MiB per CPU are emptied while it runs. */
    String perf() {
        return "perf record -a -m 16M -o perf.data " + joined("-e ", " ")
                + " -- sleep 2; perf script --ns --show-lost-events --header -F +pid -i perf.data";
    }

    String traceCmd() {
        return "trace-cmd record -b " + BUFFER_KIB + " -C mono " + joined("-e ", " ")
                + " sleep 2; trace-cmd report -N -t -i trace.dat";
    }

    /** Nothing but a shell: buffers first, as events that are on would fill them. */
    List<String> ftrace() {
        return List.of(
                "cd /sys/kernel/tracing; echo 0 > tracing_on; echo nop > current_tracer; echo > trace",
                "echo mono > trace_clock; echo " + BUFFER_KIB + " > buffer_size_kb; echo 1 > options/record-tgid",
                "echo > set_event; for event in " + joined("", " ") + "; do echo $event >> set_event; done",
                "echo 1 > tracing_on; sleep 2; echo 0 > tracing_on; cat trace > /var/tmp/trace.txt",
                "echo > set_event; echo 1408 > buffer_size_kb");
    }

    /** Counts without recording, to know the rates of one's own host. */
    String count() {
        return "perf stat -a " + joined("-e ", " ") + " -- sleep 1";
    }

    /** What a busy host CPU writes at most. */
    String size() {
        long perSecond = 1000L
                * tracepoints.stream().mapToInt(Tracepoint::thousandPerSecond).sum();
        return String.format(
                Locale.ROOT,
                "up to %d k events a second on each busy CPU: %s in perf.data, %s in trace.dat, %s as text",
                perSecond / 1000,
                megabytes((double) perSecond * PERF_DATA_BYTES),
                megabytes((double) perSecond * TRACE_DAT_BYTES),
                megabytes((double) perSecond * TEXT_BYTES));
    }

    static String megabytes(double bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
