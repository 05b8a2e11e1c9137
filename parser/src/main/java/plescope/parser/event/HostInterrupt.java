package plescope.parser.event;

/**
 * The host's kernel handles an interrupt: what may wake a thread or take a CPU from a vCPU.
 *
 * @param number IRQ, soft IRQ or vector, as the source counts
 */
public record HostInterrupt(long timestampNs, int pcpu, int tid, long line, Source source, Phase phase, int number)
        implements TraceEvent {
    /** Which tracepoints. */
    public enum Source {
        DEVICE,
        SOFTIRQ,
        RESCHEDULE,
        CALL_FUNCTION,
        LOCAL_TIMER,
        IRQ_WORK,
        PLATFORM_IPI
    }

    /** RAISE asks for a soft IRQ, which runs later. */
    public enum Phase {
        ENTRY,
        EXIT,
        RAISE
    }

    @Override
    public EventKind kind() {
        return EventKind.HOST_INTERRUPT;
    }
}
