package plescope.replay.scenario.text;

import java.util.Locale;

/** Events that a written trace has. */
public enum Tracepoint {
    KVM_EXIT,
    KVM_ENTRY,
    KVM_PLE_WINDOW_UPDATE,
    /** The same before 5.4. */
    KVM_PLE_WINDOW,
    KVM_APIC_IPI,
    KVM_APIC_ACCEPT_IRQ,
    KVM_INJ_VIRQ,
    KVM_EOI,
    SCHED_WAKING,
    SCHED_WAKEUP,
    SCHED_MIGRATE_TASK,
    SCHED_SWITCH;

    private final String label = name().toLowerCase(Locale.ROOT);
    private final String system = label.substring(0, label.indexOf('_'));

    /** As the kernel spells it, without its system. */
    public String label() {
        return label;
    }

    /** {@code kvm} or {@code sched}. */
    String system() {
        return system;
    }
}
