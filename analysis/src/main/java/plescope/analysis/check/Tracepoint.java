package plescope.analysis.check;

import java.util.Map;

/** The tracepoints plescope can use, as perf and trace-cmd name them. */
enum Tracepoint {
    KVM_EXIT("kvm", "kvm_exit", 25),
    KVM_ENTRY("kvm", "kvm_entry", 25),
    PLE_WINDOW("kvm", "kvm_ple_window_update", "kvm_ple_window", 16),
    APIC_IPI("kvm", "kvm_apic_ipi", 8),
    ACCEPT_IRQ("kvm", "kvm_apic_accept_irq", 9),
    INJECTED("kvm", "kvm_inj_virq", 9),
    EOI("kvm", "kvm_eoi", "kvm_pv_eoi", 9),
    MSR("kvm", "kvm_msr", 17),
    VCPU_WAKEUP("kvm", "kvm_vcpu_wakeup", 8),
    HALT_POLL("kvm", "kvm_halt_poll_ns", 1),
    SWITCH("sched", "sched_switch", 11),
    WAKING("sched", "sched_waking", "sched_wakeup", 8),
    MIGRATE("sched", "sched_migrate_task", 1);

    private final String system;
    private final String label;
    private final String alias;
    private final int thousandPerSecond;

    Tracepoint(String system, String label, int thousandPerSecond) {
        this(system, label, label, thousandPerSecond);
    }

    /**
     * One tracepoint.
     *
     * @param alias another tracepoint, or an older name, that serves as well
     * @param thousandPerSecond how often a busy host CPU has it at most, in thousands a second: of five recordings the greatest
     */
    Tracepoint(String system, String label, String alias, int thousandPerSecond) {
        this.system = system;
        this.label = label;
        this.alias = alias;
        this.thousandPerSecond = thousandPerSecond;
    }

    int thousandPerSecond() {
        return thousandPerSecond;
    }

    /** As recorders take it: {@code kvm:kvm_exit}. */
    String qualified() {
        return system + ":" + label;
    }

    String label() {
        return label;
    }

    String alias() {
        return alias;
    }

    /** Whether only guests that halt cause it. */
    boolean whenHalting() {
        return switch (this) {
            case WAKING, VCPU_WAKEUP, HALT_POLL -> true;
            case KVM_EXIT, KVM_ENTRY, PLE_WINDOW, APIC_IPI, ACCEPT_IRQ, INJECTED, EOI, MSR, SWITCH, MIGRATE -> false;
        };
    }

    /** How often the log has it, by any of its names. */
    long count(Map<String, Long> events) {
        long other = alias.equals(label) ? 0 : events.getOrDefault(alias, 0L);
        return events.getOrDefault(label, 0L) + other;
    }
}
