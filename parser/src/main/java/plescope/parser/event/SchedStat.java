package plescope.parser.event;

/**
 * The scheduler booked time to a thread ({@code sched_stat_*}).
 *
 * @param ns since the last booking, not a whole time slice: sum per thread
 */
public record SchedStat(long timestampNs, int pcpu, int tid, long line, Type type, int statTid, long ns)
        implements TraceEvent {
    /** What the time was spent on; all but RUNTIME need the kernel's {@code schedstats}. */
    public enum Type {
        RUNTIME,
        WAIT,
        SLEEP,
        IOWAIT,
        BLOCKED
    }

    @Override
    public EventKind kind() {
        return EventKind.SCHED_STAT;
    }
}
