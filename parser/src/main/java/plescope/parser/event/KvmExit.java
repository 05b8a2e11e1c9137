package plescope.parser.event;

/**
 * The guest left guest mode ({@code kvm_exit}).
 *
 * @param vcpu vCPU number as printed, -1 where the dialect has none (before 5.4, plugin text)
 * @param guestRip guest linear address of the exiting instruction, 0 where the state is encrypted
 */
public record KvmExit(long timestampNs, int pcpu, int tid, long line, int vcpu, ExitReason reason, long guestRip)
        implements TraceEvent {
    @Override
    public EventKind kind() {
        return EventKind.KVM_EXIT;
    }
}
