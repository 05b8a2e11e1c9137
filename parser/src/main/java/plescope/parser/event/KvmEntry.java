package plescope.parser.event;

/**
 * The guest is about to run ({@code kvm_entry}).
 *
 * @param vcpu vCPU number, -1 where the dialect has none
 * @param guestRip where the guest goes on, 0 where the kernel does not print it (before 5.10)
 */
public record KvmEntry(long timestampNs, int pcpu, int tid, long line, int vcpu, long guestRip) implements TraceEvent {
    @Override
    public EventKind kind() {
        return EventKind.KVM_ENTRY;
    }
}
