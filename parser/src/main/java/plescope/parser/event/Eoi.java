package plescope.parser.event;

/** A guest acknowledged an interrupt ({@code kvm_eoi}; {@code kvm_pv_eoi} repeats it and passes as OTHER). */
public record Eoi(long timestampNs, int pcpu, int tid, long line, int apicId, int vector) implements TraceEvent {
    @Override
    public EventKind kind() {
        return EventKind.EOI;
    }
}
