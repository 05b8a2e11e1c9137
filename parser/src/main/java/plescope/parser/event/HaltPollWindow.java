package plescope.parser.event;

/** The halt-polling window of a vCPU changed ({@code kvm_halt_poll_ns}), nanoseconds. */
public record HaltPollWindow(long timestampNs, int pcpu, int tid, long line, int vcpu, long newNs, long oldNs)
        implements TraceEvent {
    @Override
    public EventKind kind() {
        return EventKind.HALT_POLL_WINDOW;
    }
}
