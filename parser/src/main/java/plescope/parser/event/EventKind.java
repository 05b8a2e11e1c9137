package plescope.parser.event;

/** The kinds of {@link TraceEvent}; {@link #tracepoint()} is the name the kernel gives the first of them. */
public enum EventKind {
    KVM_EXIT("kvm_exit"),
    KVM_ENTRY("kvm_entry"),
    PLE_WINDOW_UPDATE("kvm_ple_window_update"),
    APIC_IPI("kvm_apic_ipi"),
    APIC_ACCEPT_IRQ("kvm_apic_accept_irq"),
    INJECTED_VIRQ("kvm_inj_virq"),
    EOI("kvm_eoi"),
    MSR_ACCESS("kvm_msr"),
    VCPU_WAKEUP("kvm_vcpu_wakeup"),
    HALT_POLL_WINDOW("kvm_halt_poll_ns"),
    SCHED_SWITCH("sched_switch"),
    SCHED_WAKE("sched_wake*"),
    SCHED_MIGRATE("sched_migrate_task"),
    HYPERCALL("kvm_hypercall"),
    SCHED_STAT("sched_stat_*"),
    HOST_IPI("ipi_send_cpu"),
    HOST_INTERRUPT("irq_handler_*"),
    EVENTS_LOST("lost events"),
    THREAD_NAMED("thread name"),
    OTHER("other");

    private final String tracepoint;

    EventKind(String tracepoint) {
        this.tracepoint = tracepoint;
    }

    /** The tracepoint's name; for kinds with several tracepoints or none, a short description. */
    public String tracepoint() {
        return tracepoint;
    }
}
