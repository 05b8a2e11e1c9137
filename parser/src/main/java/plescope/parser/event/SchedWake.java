package plescope.parser.event;

/** A thread is woken: {@code sched_waking} in the waker's context, {@code sched_wakeup[_new]} where it is queued. */
public record SchedWake(
        long timestampNs, int pcpu, int tid, long line, Stage stage, int wakeeTid, int prio, int targetPcpu)
        implements TraceEvent {
    @Override
    public EventKind kind() {
        return EventKind.SCHED_WAKE;
    }

    /** Which of the three tracepoints; a wake-up commonly prints WAKING and then WAKEUP. */
    public enum Stage {
        WAKING,
        WAKEUP,
        WAKEUP_NEW
    }
}
