package plescope.analysis.check;

import java.util.Map;

/** The tracepoints plescope can use, as perf and trace-cmd name them. */
enum Tracepoint {
    KVM_EXIT("kvm", "kvm_exit"),
    KVM_ENTRY("kvm", "kvm_entry"),
    PLE_WINDOW("kvm", "kvm_ple_window_update", "kvm_ple_window"),
    APIC_IPI("kvm", "kvm_apic_ipi"),
    ACCEPT_IRQ("kvm", "kvm_apic_accept_irq"),
    INJECTED("kvm", "kvm_inj_virq"),
    EOI("kvm", "kvm_eoi", "kvm_pv_eoi"),
    MSR("kvm", "kvm_msr"),
    VCPU_WAKEUP("kvm", "kvm_vcpu_wakeup"),
    HALT_POLL("kvm", "kvm_halt_poll_ns"),
    SWITCH("sched", "sched_switch"),
    WAKING("sched", "sched_waking", "sched_wakeup"),
    MIGRATE("sched", "sched_migrate_task");

    private final String system;
    private final String label;
    private final String alias;

    Tracepoint(String system, String label) {
        this(system, label, label);
    }

    /** @param alias another tracepoint, or an older name, that serves as well */
    Tracepoint(String system, String label, String alias) {
        this.system = system;
        this.label = label;
        this.alias = alias;
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
