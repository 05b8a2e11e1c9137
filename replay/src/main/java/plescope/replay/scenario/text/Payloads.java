package plescope.replay.scenario.text;

import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.Roster;

/** What follows an event's name, as the kernel of the dialect words it, or the plugin; appended to the line. */
final class Payloads {
    private static final String NO_INFO = " info1 0x0000000000000000 info2 0x0000000000000000";
    /** Digits of a host CPU's number, at least. */
    static final int CPU_WIDTH = 3;

    private static final String NO_INTERRUPT = " intr_info 0x00000000 error_code 0x00000000";

    private final Dialect dialect;

    Payloads(Dialect dialect) {
        this.dialect = dialect;
    }

    TextBuffer exit(TextBuffer out, Roster.Vcpu vcpu, Family family, long rip) {
        boolean named = !dialect.plugin() && dialect.kernel().exitNamesVcpu();
        if (named) {
            out.append("vcpu ").append(vcpu.number()).append(' ');
        }
        out.append("reason ").append(dialect.svm() ? svmName(family) : vmxName(family));
        hex(out.append(" rip "), rip);
        if (!named || !dialect.kernel().namedExitFields()) {
            return out.append(" info 0 0");
        }
        out.append(NO_INFO).append(NO_INTERRUPT);
        return dialect.kernel().printsRequests() ? out.append(" requests 0x0000000000000000") : out;
    }

    TextBuffer entry(TextBuffer out, Roster.Vcpu vcpu, long rip) {
        boolean named = dialect.kernel().namedExitFields();
        out.append(named && dialect.plugin() ? " vcpu " : "vcpu ").append(vcpu.number());
        if (!named) {
            return out;
        }
        if (dialect.plugin()) {
            return hex(out.append(" rip "), rip);
        }
        hex(out.append(", rip "), rip);
        return dialect.kernel().printsRequests() ? out.append(NO_INTERRUPT) : out;
    }

    /** The event that tells of a window. */
    Tracepoint windowEvent() {
        return dialect.kernel().exitNamesVcpu() ? Tracepoint.KVM_PLE_WINDOW_UPDATE : Tracepoint.KVM_PLE_WINDOW;
    }

    TextBuffer window(TextBuffer out, Roster.Vcpu vcpu, int from, int to) {
        boolean grows = to > from;
        out.append("vcpu ").append(vcpu.number());
        if (dialect.kernel().exitNamesVcpu()) {
            out.append(" old ").append(from).append(" new ").append(to);
            return out.append(grows ? " (growed)" : " (shrinked)");
        }
        out.append(": ple_window ").append(to).append(grows ? " (grow " : " (shrink ");
        return out.append(from).append(')');
    }

    TextBuffer ipi(TextBuffer out, Roster.Vcpu receiver, int vector) {
        out.append("dst ").hex(receiver.number()).append(" vec ").append(vector);
        return out.append(" (Fixed|physical|de-assert|edge|dst)");
    }

    TextBuffer accepted(TextBuffer out, Roster.Vcpu receiver, int vector) {
        return out.append("apicid ")
                .hex(receiver.number())
                .append(" vec ")
                .append(vector)
                .append(" (Fixed|edge)");
    }

    TextBuffer injected(TextBuffer out, int vector) {
        return dialect.kernel().hexVectors()
                ? out.append("IRQ 0x").hex(vector)
                : out.append("irq ").append(vector);
    }

    TextBuffer eoi(TextBuffer out, Roster.Vcpu vcpu, int vector) {
        return out.append("apicid ").hex(vcpu.number()).append(" vector ").append(vector);
    }

    TextBuffer switched(TextBuffer out, String prevComm, int prevTid, char state, String nextComm, int nextTid) {
        if (dialect.plugin()) {
            out.append(prevComm).append(':').append(prevTid).append(" [120] ").append(state);
            return out.append(" ==> ")
                    .append(nextComm)
                    .append(':')
                    .append(nextTid)
                    .append(" [120]");
        }
        out.append("prev_comm=").append(prevComm).append(" prev_pid=").append(prevTid);
        out.append(" prev_prio=120 prev_state=").append(state);
        out.append(" ==> next_comm=").append(nextComm).append(" next_pid=").append(nextTid);
        return out.append(" next_prio=120");
    }

    /** The plugin words {@code sched_wakeup} only. */
    static TextBuffer waking(TextBuffer out, Roster.Vcpu vcpu, int target) {
        return task(out, vcpu).append(" target_cpu=").zeros(target, CPU_WIDTH);
    }

    TextBuffer wakeup(TextBuffer out, Roster.Vcpu vcpu, int target) {
        if (!dialect.plugin()) {
            return waking(out, vcpu, target);
        }
        out.append(vcpu.comm()).append(':').append(vcpu.tid());
        return out.append(" [120] CPU:").zeros(target, CPU_WIDTH);
    }

    static TextBuffer migrated(TextBuffer out, Roster.Vcpu vcpu, int from, int to) {
        return task(out, vcpu)
                .append(" orig_cpu=")
                .append(from)
                .append(" dest_cpu=")
                .append(to);
    }

    private static TextBuffer task(TextBuffer out, Roster.Vcpu vcpu) {
        return out.append("comm=")
                .append(vcpu.comm())
                .append(" pid=")
                .append(vcpu.tid())
                .append(" prio=120");
    }

    private static TextBuffer hex(TextBuffer out, long address) {
        return out.append("0x").hex(address);
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
