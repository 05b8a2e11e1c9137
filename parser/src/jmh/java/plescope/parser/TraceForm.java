package plescope.parser;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a busy host's log looks like in each form that a tool prints: exits and entries of four vCPUs, every tenth line a switch,
 * 8 us apart. The same events in every form, so that rates can be compared; real logs are more varied.
 */
enum TraceForm {
    PERF("%16s %5d [%03d] %12s: %30s: ", Payload.KERNEL),
    PERF_NS_PID_TID("%16s %5d/%-5d [%03d] %15s: %30s: ", Payload.KERNEL),
    PERF_NO_COMM("%5d [%03d] %12s: %30s: ", Payload.KERNEL),
    PERF_NO_CPU("%16s %5d %12s: %30s: ", Payload.KERNEL),
    PERF_NO_TID("%16s [%03d] %12s: %30s: ", Payload.KERNEL),
    PERF_TIME_ONLY("%12s: %30s: ", Payload.KERNEL),
    PERF_TOD("%16s %5d [%03d] 2026-11-20 10:47:14.551067 %12s: %30s: ", Payload.KERNEL),
    PERF_MISC_PERIOD_FLAGS("%16s %5d [%03d] K     %12s:          1 %30s:                         ", Payload.KERNEL),
    PERF_LATENCY("%8.8s %5d %3d %12s: %30s: ", Payload.KERNEL),
    PERF_SYMBOLS("%16s %5d [%03d] %12s: %30s: ", Payload.SYMBOLS),
    PERF_CALLCHAIN("%s %5d [%03d] %12s: %30s: ", Payload.CALLCHAIN),
    FTRACE("%16s-%-7d [%03d] d..2. %12s: %s: ", Payload.KERNEL),
    FTRACE_TGID("%16s-%-7d (%7d) [%03d] d..2. %12s: %s: ", Payload.KERNEL),
    FTRACE_LATENCY("%8.8s-%-7d %3dd..2. %6dus : %s: ", Payload.KERNEL),
    TRACE_CMD("%16s-%-5d [%03d] %12s: %-20s ", Payload.KERNEL),
    TRACE_CMD_FLAGS("%16s-%-5d [%03d] d..2. %12s: %-20s ", Payload.KERNEL),
    TRACE_CMD_INSTANCE("lab:        %16s-%-5d [%03d] %12s: %-20s ", Payload.KERNEL),
    TRACE_CMD_PLUGIN("%16s-%-5d [%03d] %12s: %-20s ", Payload.PLUGIN),
    TRACE_CMD_RAW("%16s-%-5d [%03d] %12s: %-20s ", Payload.RAW),
    PERF_ARM64("%16s %5d [%03d] %12s: %30s: ", Payload.ARM64),
    PERF_S390("%16s %5d [%03d] %12s: %30s: ", Payload.S390);

    /** How the same three events read. */
    private enum Payload {
        KERNEL(
                "vcpu %d reason pause rip 0xffffffff8117043f info1 0x0000000000000000 info2 0x0000000000000000"
                        + " intr_info 0x00000000 error_code 0x00000000",
                "vcpu %d, rip 0xffffffff81170441",
                "prev_comm=CPU %d/KVM prev_pid=%d prev_prio=120 prev_state=R ==> next_comm=swapper/0 next_pid=0 next_prio=120"),
        SYMBOLS(
                KERNEL.exit + " ffffffffc0446ba8 svm_vcpu_run ([kvm_amd])",
                KERNEL.entry + " ffffffffc0446ba8 svm_vcpu_run ([kvm_amd])",
                KERNEL.change + " ffffffff813ad50a __schedule ([kernel.kallsyms])"),
        CALLCHAIN(KERNEL.exit + frames(), KERNEL.entry + frames(), KERNEL.change + frames()),
        PLUGIN(
                "reason EXIT_PAUSE rip 0xffffffff8117043f info 0 0",
                "vcpu %d rip 0xffffffff81170441",
                "CPU %d/KVM:%d [120] R ==> swapper/0:0 [120]"),
        RAW(
                "exit_reason=119 guest_rip=0xffffffff8117043f isa=2 info1=0x0 info2=0x0 intr_info=0 error_code=0 vcpu_id=%d",
                "vcpu_id=%d rip=0xffffffff81170441 immediate_exit=0",
                "prev_comm=CPU %d/KVM prev_pid=%d prev_prio=120 prev_state=0 next_comm=swapper/0 next_pid=0 next_prio=120"),
        ARM64("TRAP: HSR_EC: 0x0001 (WFx), PC: 0xffffffc080528a6c", "PC: 0xffffffc080528a70", KERNEL.change),
        S390(
                "%02d[0704c00180000000-0000000000114f2e]: exit sie icptcode 4 (Instruction)",
                "%02d[0704c00180000000-0000000000114f2e]: entering sie flags 0", KERNEL.change);

        private final String exit;
        private final String entry;
        private final String change;

        Payload(String exit, String entry, String change) {
            this.exit = exit;
            this.entry = entry;
            this.change = change;
        }

        private static String frames() {
            return "\n\tffffffffc0446ba8 svm_vcpu_run+0x1c8 ([kvm_amd])\n\tffffffff813ad50a vcpu_enter_guest+0x13a ([kvm])\n";
        }
    }

    private final String head;
    private final Payload payload;

    TraceForm(String head, Payload payload) {
        this.head = head;
        this.payload = payload;
    }

    /** A log of so many events. */
    byte[] log(int events) {
        StringBuilder text = new StringBuilder(events * 150);
        for (int i = 0; i < events; i++) {
            int vcpu = i / 2 % 4;
            text.append(head(i, vcpu)).append(payload(i, vcpu)).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private String head(int i, int vcpu) {
        String comm = "CPU " + vcpu + "/KVM";
        int tid = 170 + vcpu;
        int pcpu = i % 2;
        // ten years of uptime would not change the width; 8 us apart
        String time = String.format(Locale.ROOT, "%d.%06d", 3 + i / 125_000, i % 125_000 * 8);
        String event = event(i);
        return switch (this) {
            case PERF_NS_PID_TID -> format(comm, 160, tid, pcpu, time + "123", event);
            case PERF_NO_COMM -> format(tid, pcpu, time, event);
            case PERF_NO_CPU -> format(comm, tid, time, event);
            case PERF_NO_TID -> format(comm, pcpu, time, event);
            case PERF_TIME_ONLY -> format(time, event);
            case FTRACE_TGID -> format(comm, tid, 160, pcpu, time, event);
            case FTRACE_LATENCY -> format(comm, tid, pcpu, 3_000_000 + 8 * i, event);
            case PERF,
                    PERF_TOD,
                    PERF_MISC_PERIOD_FLAGS,
                    PERF_LATENCY,
                    PERF_SYMBOLS,
                    PERF_CALLCHAIN,
                    PERF_ARM64,
                    PERF_S390,
                    FTRACE,
                    TRACE_CMD,
                    TRACE_CMD_FLAGS,
                    TRACE_CMD_INSTANCE,
                    TRACE_CMD_PLUGIN,
                    TRACE_CMD_RAW -> format(comm, tid, pcpu, time, event);
        };
    }

    private String format(Object... columns) {
        return String.format(Locale.ROOT, head, columns);
    }

    private String event(int i) {
        boolean perf = name().startsWith("PERF");
        String end = name().startsWith("TRACE_CMD") ? ":" : "";
        if (i % 10 == 9) {
            return (perf ? "sched:" : "") + "sched_switch" + end;
        }
        String sie = this == PERF_S390 ? "kvm_s390_sie_" : "kvm_";
        String name = i % 2 == 0 ? "exit" : this == PERF_S390 ? "enter" : "entry";
        return (perf ? "kvm:" : "") + sie + name + end;
    }

    private String payload(int i, int vcpu) {
        if (i % 10 == 9) {
            return String.format(Locale.ROOT, payload.change, vcpu, 170 + vcpu);
        }
        return String.format(Locale.ROOT, i % 2 == 0 ? payload.exit : payload.entry, vcpu);
    }
}
