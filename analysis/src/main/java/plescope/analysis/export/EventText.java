package plescope.analysis.export;

import java.util.Locale;
import plescope.parser.KernelHints;
import plescope.parser.event.ApicAcceptIrq;
import plescope.parser.event.ApicIpi;
import plescope.parser.event.DeliveryMode;
import plescope.parser.event.Eoi;
import plescope.parser.event.ExitReason;
import plescope.parser.event.HaltPollWindow;
import plescope.parser.event.HostInterrupt;
import plescope.parser.event.HostIpi;
import plescope.parser.event.Hypercall;
import plescope.parser.event.InjectedVirq;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.MsrAccess;
import plescope.parser.event.PleWindowUpdate;
import plescope.parser.event.TraceEvent;
import plescope.parser.event.VcpuWakeup;

/**
 * Events of KVM and of the host's interrupts in the kernel's own words, with nothing of the original text in them.
 *
 * <p>Words that changed with the kernel are those of the kernel that the log gives away, so that a reader learns the same of it.
 */
final class EventText {
    private static final String INFO =
            " info1 0x0000000000000000 info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000";
    private static final String INJECTION = " intr_info 0x00000000 error_code 0x00000000";

    /** x2APIC interrupt command and timer vector, whose data tells who interrupts whom. */
    private static final int X2APIC_ICR = 0x830;

    private static final int X2APIC_LVT_TIMER = 0x832;
    private static final int TSC_DEADLINE = 0x6e0;

    private final Pseudonyms pseudonyms;
    private final boolean named;
    private final boolean requests;
    private final boolean oldWindow;
    private final boolean oldEntry;
    private final boolean decimalVectors;

    EventText(Pseudonyms pseudonyms, KernelHints kernel) {
        this.pseudonyms = pseudonyms;
        named = KernelVersion.atLeast(kernel, "5.10");
        requests = KernelVersion.atLeast(kernel, "6.14");
        oldWindow = KernelVersion.before(kernel, "5.4");
        oldEntry = KernelVersion.before(kernel, "5.10");
        decimalVectors = KernelVersion.before(kernel, "6.0");
    }

    /** {@code kvm:kvm_exit: vcpu ...} */
    String of(TraceEvent event) {
        return switch (event.kind()) {
            case KVM_EXIT -> exit((KvmExit) event);
            case KVM_ENTRY -> entry((KvmEntry) event);
            case PLE_WINDOW_UPDATE -> window((PleWindowUpdate) event);
            case APIC_IPI -> ipi((ApicIpi) event);
            case APIC_ACCEPT_IRQ -> accepted((ApicAcceptIrq) event);
            case INJECTED_VIRQ -> injected((InjectedVirq) event);
            case EOI -> {
                Eoi eoi = (Eoi) event;
                yield "kvm:kvm_eoi: apicid " + Integer.toHexString(eoi.apicId()) + " vector " + eoi.vector();
            }
            case MSR_ACCESS -> msr((MsrAccess) event);
            case VCPU_WAKEUP -> wakeup((VcpuWakeup) event);
            case HALT_POLL_WINDOW -> halt((HaltPollWindow) event);
            case HYPERCALL -> hypercall((Hypercall) event);
            case HOST_IPI -> {
                HostIpi ipi = (HostIpi) event;
                yield "ipi:ipi_send_cpu: cpu=" + ipi.targetPcpu() + " callsite=masked+0x0 callback="
                        + (ipi.reschedule() ? "0x0" : "masked+0x0");
            }
            case HOST_INTERRUPT -> interrupt((HostInterrupt) event);
            // What is unknown may name anyone; that something happened there stays.
            case OTHER -> "masked:masked: ";
            case SCHED_SWITCH, SCHED_WAKE, SCHED_MIGRATE, SCHED_STAT, EVENTS_LOST, THREAD_NAMED ->
                throw new IllegalArgumentException(event.kind() + " names threads");
        };
    }

    private String exit(KvmExit exit) {
        String rest = "reason " + reason(exit.reason()) + " rip " + hex(pseudonyms.rip(exit.guestRip()));
        if (exit.vcpu() < 0) {
            return "kvm:kvm_exit: " + rest + " info 0 0";
        }
        String tail = named ? INFO + (requests ? " requests 0x0000000000000000" : "") : " info 0 0";
        return "kvm:kvm_exit: vcpu " + exit.vcpu() + " " + rest + tail;
    }

    /** A name that no vendor's table has may be anything. */
    private static String reason(ExitReason reason) {
        boolean known = reason.isa() != ExitReason.Isa.UNKNOWN || reason.code() >= 0;
        return known ? reason.spelling() : "masked";
    }

    private String entry(KvmEntry entry) {
        String head = "kvm:kvm_entry: vcpu " + entry.vcpu();
        if (oldEntry && entry.guestRip() == 0) {
            return head;
        }
        return head + ", rip " + hex(pseudonyms.rip(entry.guestRip())) + (requests ? INJECTION : "");
    }

    private String window(PleWindowUpdate update) {
        boolean grows = update.newWindow() > update.oldWindow();
        return oldWindow
                ? "kvm:kvm_ple_window: vcpu " + update.vcpu() + ": ple_window " + update.newWindow()
                        + (grows ? " (grow " : " (shrink ") + update.oldWindow() + ")"
                : "kvm:kvm_ple_window_update: vcpu " + update.vcpu() + " old " + update.oldWindow() + " new "
                        + update.newWindow() + (grows ? " (growed)" : " (shrinked)");
    }

    private static String ipi(ApicIpi ipi) {
        String receivers =
                switch (ipi.shorthand()) {
                    case NONE -> "dst";
                    case SELF -> "self";
                    case ALL -> "all";
                    case ALL_BUT_SELF -> "all-but-self";
                };
        return "kvm:kvm_apic_ipi: dst " + Integer.toHexString(ipi.destination()) + " vec " + ipi.vector() + " ("
                + mode(ipi.mode()) + "|" + (ipi.logical() ? "logical" : "physical") + "|assert|edge|" + receivers
                + ")";
    }

    private static String mode(DeliveryMode mode) {
        return mode == DeliveryMode.UNKNOWN ? "masked" : mode.text();
    }

    private static String accepted(ApicAcceptIrq irq) {
        return "kvm:kvm_apic_accept_irq: apicid " + Integer.toHexString(irq.apicId()) + " vec " + irq.vector() + " ("
                + mode(irq.mode()) + "|" + (irq.level() ? "level" : "edge") + ")";
    }

    private String injected(InjectedVirq virq) {
        String again = virq.reinjected() ? " [reinjected]" : "";
        if (virq.soft()) {
            return "kvm:kvm_inj_virq: Soft/INTn " + hex(virq.vector()) + again;
        }
        return "kvm:kvm_inj_virq: " + (decimalVectors ? "irq " + virq.vector() : "IRQ " + hex(virq.vector())) + again;
    }

    private String msr(MsrAccess msr) {
        long data =
                switch (msr.index()) {
                    case X2APIC_ICR, X2APIC_LVT_TIMER -> msr.data();
                    case TSC_DEADLINE -> pseudonyms.counter(msr.data());
                    default -> 0;
                };
        return "kvm:kvm_msr: msr_" + (msr.write() ? "write " : "read ") + Integer.toHexString(msr.index()) + " = "
                + hex(data) + (msr.faulted() ? " (#GP)" : "");
    }

    private static String wakeup(VcpuWakeup wakeup) {
        return "kvm:kvm_vcpu_wakeup: " + (wakeup.polled() ? "poll" : "wait") + " time " + wakeup.waitedNs()
                + " ns, polling " + (wakeup.pollValid() ? "valid" : "invalid");
    }

    private static String halt(HaltPollWindow window) {
        return "kvm:kvm_halt_poll_ns: vcpu " + window.vcpu() + ": halt_poll_ns " + window.newNs()
                + (window.newNs() > window.oldNs() ? " (grow " : " (shrink ") + window.oldNs() + ")";
    }

    private static String hypercall(Hypercall call) {
        if (call.api() == Hypercall.Interface.HYPERV) {
            return "kvm:kvm_hv_hypercall: code " + hex(call.number()) + " slow cnt 0x0 idx 0x0 in 0x0 out 0x0";
        }
        boolean vcpus = call.number() == Hypercall.KVM_KICK_CPU
                || call.number() == Hypercall.KVM_SEND_IPI
                || call.number() == Hypercall.KVM_SCHED_YIELD;
        return "kvm:kvm_hypercall: nr " + hex(call.number()) + " a0 " + hex(vcpus ? call.a0() : 0) + " a1 "
                + hex(vcpus ? call.a1() : 0) + " a2 " + hex(vcpus ? call.a2() : 0) + " a3 "
                + hex(vcpus ? call.a3() : 0);
    }

    private static String interrupt(HostInterrupt interrupt) {
        String phase = "_" + interrupt.phase().name().toLowerCase(Locale.ROOT) + ": ";
        int number = interrupt.number();
        return switch (interrupt.source()) {
            case DEVICE ->
                "irq:irq_handler" + phase + "irq=" + number
                        + (interrupt.phase() == HostInterrupt.Phase.ENTRY ? " name=masked" : " ret=handled");
            case SOFTIRQ -> "irq:softirq" + phase + "vec=" + number + " [action=masked]";
            case RESCHEDULE -> "irq_vectors:reschedule" + phase + "vector=" + number;
            case CALL_FUNCTION -> "irq_vectors:call_function" + phase + "vector=" + number;
            case LOCAL_TIMER -> "irq_vectors:local_timer" + phase + "vector=" + number;
            case IRQ_WORK -> "irq_vectors:irq_work" + phase + "vector=" + number;
            case PLATFORM_IPI -> "irq_vectors:x86_platform_ipi" + phase + "vector=" + number;
        };
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
