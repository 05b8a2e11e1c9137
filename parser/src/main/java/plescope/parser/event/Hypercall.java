package plescope.parser.event;

/**
 * A guest called its hypervisor ({@code kvm_hypercall}, {@code kvm_hv_hypercall}).
 *
 * @param number which call, in the numbering of its interface
 * @param a0 first argument; for Hyper-V's interface the input as a whole, a value or its address, and the others 0
 */
public record Hypercall(
        long timestampNs, int pcpu, int tid, long line, Interface api, long number, long a0, long a1, long a2, long a3)
        implements TraceEvent {
    /** {@code KVM_HC_KICK_CPU}: wake the halted vCPU whose APIC id is a1 (a paravirtual lock's holder has let go). */
    public static final int KVM_KICK_CPU = 5;

    /** {@code KVM_HC_SEND_IPI}: an IPI to the vCPUs of the bitmap a0, a1 from APIC id a2 on. */
    public static final int KVM_SEND_IPI = 10;

    /** {@code KVM_HC_SCHED_YIELD}: run the preempted vCPU whose APIC id is a0 in the caller's place. */
    public static final int KVM_SCHED_YIELD = 11;

    /** Whose numbering of calls the guest used. */
    public enum Interface {
        KVM,
        HYPERV
    }

    @Override
    public EventKind kind() {
        return EventKind.HYPERCALL;
    }
}
