package plescope.parser.event;

/** A local APIC took an interrupt into its IRR ({@code kvm_apic_accept_irq}); {@code apicId} names the receiver. */
public record ApicAcceptIrq(
        long timestampNs, int pcpu, int tid, long line, int apicId, int vector, DeliveryMode mode, boolean level)
        implements TraceEvent {
    @Override
    public EventKind kind() {
        return EventKind.APIC_ACCEPT_IRQ;
    }
}
