package plescope.parser.event;

/**
 * A pCPU changed its thread ({@code sched_switch}). Tid 0 is the idle task of this pCPU, never one thread; priorities are -1
 * where perf's own switch records stand in for the tracepoint.
 */
public record SchedSwitch(
        long timestampNs,
        int pcpu,
        int tid,
        long line,
        int prevTid,
        int prevPrio,
        TaskState prevState,
        int nextTid,
        int nextPrio)
        implements TraceEvent {
    @Override
    public EventKind kind() {
        return EventKind.SCHED_SWITCH;
    }
}
