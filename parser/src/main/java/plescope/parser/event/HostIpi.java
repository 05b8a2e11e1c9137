package plescope.parser.event;

/**
 * The host's kernel sent an IPI to one of its CPUs ({@code ipi_send_cpu}, 6.4 and later).
 *
 * @param reschedule whether it asks the target to reschedule, as a wake-up or a kick of a vCPU does; else it calls a function
 */
public record HostIpi(long timestampNs, int pcpu, int tid, long line, int targetPcpu, boolean reschedule)
        implements TraceEvent {
    @Override
    public EventKind kind() {
        return EventKind.HOST_IPI;
    }
}
