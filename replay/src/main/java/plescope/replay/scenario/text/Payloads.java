package plescope.replay.scenario.text;

import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.Roster;

/** What follows an event's name, as the kernel of the dialect words it, or the plugin. */
final class Payloads {
    private static final String NO_INFO = " info1 0x0000000000000000 info2 0x0000000000000000";
    private static final String NO_INTERRUPT = " intr_info 0x00000000 error_code 0x00000000";

    private final Dialect dialect;

    Payloads(Dialect dialect) {
        this.dialect = dialect;
    }

    String exit(Roster.Vcpu vcpu, Family family, long rip) {
        String reason = "reason " + (dialect.svm() ? svmName(family) : vmxName(family)) + " rip " + hex(rip);
        if (dialect.plugin() || !dialect.kernel().exitNamesVcpu()) {
            return reason + " info 0 0";
        }
        String named = "vcpu " + vcpu.number() + " " + reason;
        if (!dialect.kernel().namedExitFields()) {
            return named + " info 0 0";
        }
        return named
                + NO_INFO
                + NO_INTERRUPT
                + (dialect.kernel().printsRequests() ? " requests 0x0000000000000000" : "");
    }

    String entry(Roster.Vcpu vcpu, long rip) {
        String head = "vcpu " + vcpu.number();
        if (!dialect.kernel().namedExitFields()) {
            return head;
        }
        if (dialect.plugin()) {
            return " " + head + " rip " + hex(rip);
        }
        return head + ", rip " + hex(rip) + (dialect.kernel().printsRequests() ? NO_INTERRUPT : "");
    }

    /** Name of the event that tells of a window. */
    String windowEvent() {
        return dialect.kernel().exitNamesVcpu() ? "kvm_ple_window_update" : "kvm_ple_window";
    }

    String window(Roster.Vcpu vcpu, int from, int to) {
        boolean grows = to > from;
        return dialect.kernel().exitNamesVcpu()
                ? "vcpu " + vcpu.number() + " old " + from + " new " + to + (grows ? " (growed)" : " (shrinked)")
                : "vcpu " + vcpu.number() + ": ple_window " + to + (grows ? " (grow " : " (shrink ") + from + ")";
    }

    String ipi(Roster.Vcpu receiver, int vector) {
        return "dst " + Integer.toHexString(receiver.number()) + " vec " + vector
                + " (Fixed|physical|de-assert|edge|dst)";
    }

    String accepted(Roster.Vcpu receiver, int vector) {
        return "apicid " + Integer.toHexString(receiver.number()) + " vec " + vector + " (Fixed|edge)";
    }

    String injected(int vector) {
        return dialect.kernel().hexVectors() ? "IRQ 0x" + Integer.toHexString(vector) : "irq " + vector;
    }

    String eoi(Roster.Vcpu vcpu, int vector) {
        return "apicid " + Integer.toHexString(vcpu.number()) + " vector " + vector;
    }

    String switched(String prevComm, int prevTid, String state, String nextComm, int nextTid) {
        return dialect.plugin()
                ? prevComm + ":" + prevTid + " [120] " + state + " ==> " + nextComm + ":" + nextTid + " [120]"
                : "prev_comm=" + prevComm + " prev_pid=" + prevTid + " prev_prio=120 prev_state=" + state
                        + " ==> next_comm=" + nextComm + " next_pid=" + nextTid + " next_prio=120";
    }

    /** The plugin words {@code sched_wakeup} only. */
    static String waking(Roster.Vcpu vcpu, int target) {
        return task(vcpu) + " target_cpu=" + zeros(target, 3);
    }

    String wakeup(Roster.Vcpu vcpu, int target) {
        return dialect.plugin()
                ? vcpu.comm() + ":" + vcpu.tid() + " [120] CPU:" + zeros(target, 3)
                : waking(vcpu, target);
    }

    static String migrated(Roster.Vcpu vcpu, int from, int to) {
        return task(vcpu) + " orig_cpu=" + from + " dest_cpu=" + to;
    }

    private static String task(Roster.Vcpu vcpu) {
        return "comm=" + vcpu.comm() + " pid=" + vcpu.tid() + " prio=120";
    }

    static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }

    static String zeros(long number, int width) {
        String digits = Long.toString(number);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    private String svmName(Family family) {
        boolean plugin = dialect.plugin();
        return switch (family) {
            case PAUSE -> plugin ? "EXIT_PAUSE" : "pause";
            case HALT -> plugin ? "EXIT_HLT" : "hlt";
            case INTERRUPT -> plugin ? "EXIT_INTR" : "interrupt";
            case INTERRUPT_WINDOW -> plugin ? "EXIT_VINTR" : "vintr";
            case MSR -> plugin ? "EXIT_MSR" : "msr";
            // The plugin's table ends before AVIC.
            case APIC -> plugin ? "UNKNOWN (1026)" : "avic_unaccelerated_access";
            case IO -> plugin ? "EXIT_IOIO" : "io";
            case PAGE_FAULT -> plugin ? "EXIT_NPF" : "npf";
            case HYPERCALL -> plugin ? "EXIT_VMMCALL" : "hypercall";
            case OTHER -> plugin ? "EXIT_CPUID" : "cpuid";
        };
    }

    private String vmxName(Family family) {
        return switch (family) {
            case PAUSE -> "PAUSE_INSTRUCTION";
            case HALT -> "HLT";
            case INTERRUPT -> "EXTERNAL_INTERRUPT";
            case INTERRUPT_WINDOW ->
                dialect.plugin() || !dialect.kernel().interruptWindow() ? "PENDING_INTERRUPT" : "INTERRUPT_WINDOW";
            case MSR -> "MSR_WRITE";
            case APIC -> "APIC_WRITE";
            case IO -> "IO_INSTRUCTION";
            case PAGE_FAULT -> "EPT_VIOLATION";
            case HYPERCALL -> "VMCALL";
            case OTHER -> "CPUID";
        };
    }
}
