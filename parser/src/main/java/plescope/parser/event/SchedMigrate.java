package plescope.parser.event;

/** A thread moves to another pCPU's run queue ({@code sched_migrate_task}). */
public record SchedMigrate(
        long timestampNs, int pcpu, int tid, long line, int movedTid, int prio, int fromPcpu, int toPcpu)
        implements TraceEvent {
    @Override
    public EventKind kind() {
        return EventKind.SCHED_MIGRATE;
    }
}
