package plescope.analysis.check;

import plescope.parser.ReadSummary;
import plescope.parser.TraceFormat;

/** Which clock a log was recorded with, as far as its text tells. */
final class LogClock {
    private static final long NS_PER_S = 1_000_000_000L;

    /** Hosts are rebooted within thirty years of 1970; wall clocks show more than that since 2000. */
    private static final long WALL_NS = 946_684_800L * NS_PER_S;

    private LogClock() {}

    /** Its name, or what tools take where nothing else was asked for, and how that is known. */
    static String name(ReadSummary summary) {
        String stated = summary.header().get("clockid");
        if (stated != null) {
            return stated + " (stated by the head)";
        }
        if (isTicks(summary)) {
            return "ticks (their rate was given by --clock-hz)";
        }
        if (summary.firstTimestampNs() > WALL_NS) {
            return "wall time, CLOCK_TAI or CLOCK_REALTIME (known by its size)";
        }
        return "not stated; " + usual(summary.format());
    }

    private static String usual(TraceFormat format) {
        return switch (format) {
            case PERF_SCRIPT -> "perf's own unless -k was given, one for all CPUs";
            case TRACE_CMD -> "ftrace's local unless -C was given, which CPUs need not share";
            case FTRACE -> "ftrace's local unless trace_clock was set, which CPUs need not share";
            case UNKNOWN -> "no tool is known";
        };
    }

    /** How exact printed times are. */
    static String resolution(ReadSummary summary) {
        if (isTicks(summary)) {
            return summary.timestampResolutionNs() + " ns";
        }
        if (summary.timestampResolutionNs() < 1000) {
            return "1 ns";
        }
        return summary.format() == TraceFormat.TRACE_CMD ? "1000 ns, rounded to the nearest" : "1000 ns, cut";
    }

    private static boolean isTicks(ReadSummary summary) {
        return summary.timestampResolutionNs() != 1 && summary.timestampResolutionNs() != 1000;
    }
}
