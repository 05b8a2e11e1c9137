package plescope.parser.event;

/** An interrupt is injected at the next entry of this thread's vCPU ({@code kvm_inj_virq}). */
public record InjectedVirq(long timestampNs, int pcpu, int tid, long line, int vector, boolean soft, boolean reinjected)
        implements TraceEvent {
    @Override
    public EventKind kind() {
        return EventKind.INJECTED_VIRQ;
    }
}
