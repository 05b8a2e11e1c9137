package plescope.parser.event;

/** A tracepoint without a rule of its own: counted by name, never an error. */
public record OtherEvent(long timestampNs, int pcpu, int tid, long line, String name) implements TraceEvent {
    @Override
    public EventKind kind() {
        return EventKind.OTHER;
    }
}
