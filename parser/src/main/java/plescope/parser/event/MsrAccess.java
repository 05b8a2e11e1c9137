package plescope.parser.event;

/** A guest read or wrote an MSR that KVM intercepts ({@code kvm_msr}); 0x830 is the x2APIC ICR, 0x6e0 the TSC deadline. */
public record MsrAccess(
        long timestampNs, int pcpu, int tid, long line, boolean write, int index, long data, boolean faulted)
        implements TraceEvent {
    @Override
    public EventKind kind() {
        return EventKind.MSR_ACCESS;
    }
}
