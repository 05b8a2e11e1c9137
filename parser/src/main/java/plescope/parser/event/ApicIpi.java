package plescope.parser.event;

/**
 * A vCPU wrote its ICR and KVM emulates the IPI ({@code kvm_apic_ipi}).
 *
 * @param destination APIC id or logical destination, as printed (hexadecimal in the text)
 */
public record ApicIpi(
        long timestampNs,
        int pcpu,
        int tid,
        long line,
        int destination,
        int vector,
        DeliveryMode mode,
        boolean logical,
        Shorthand shorthand)
        implements TraceEvent {
    @Override
    public EventKind kind() {
        return EventKind.APIC_IPI;
    }

    /** ICR destination shorthand: who is meant beside, or instead of, the destination field. */
    public enum Shorthand {
        NONE,
        SELF,
        ALL,
        ALL_BUT_SELF
    }
}
