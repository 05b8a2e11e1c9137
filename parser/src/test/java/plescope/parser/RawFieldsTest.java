package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.event.ApicAcceptIrq;
import plescope.parser.event.ApicIpi;
import plescope.parser.event.DeliveryMode;
import plescope.parser.event.Eoi;
import plescope.parser.event.EventKind;
import plescope.parser.event.ExitReason.Isa;
import plescope.parser.event.HaltPollWindow;
import plescope.parser.event.InjectedVirq;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.MsrAccess;
import plescope.parser.event.OtherEvent;
import plescope.parser.event.PleWindowUpdate;
import plescope.parser.event.SchedMigrate;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.SchedWake;
import plescope.parser.event.TaskState;
import plescope.parser.event.TraceEvent;
import plescope.parser.event.VcpuWakeup;

/** Records printed as bare fields give the events of the kernel's text; all lines are of thread 174 on CPU 1, line 1, time 0. */
final class RawFieldsTest {
    private static void assertBoth(String report, String fields, TraceEvent event) {
        assertThat(Logs.one(report)).as("trace-cmd report -R").isEqualTo(event);
        assertThat(Logs.one(fields)).as("ftrace's fields option").isEqualTo(event);
    }

    @Test
    void exitsAndEntries() {
        KvmExit exit = (KvmExit)
                Logs.one(
                        "kvm_exit:   exit_reason=119 guest_rip=0xffffffff81a5a38d isa=2"
                                + " info1=0x0000000000000000 info2=0x0000000000000000 intr_info=0x00000000 error_code=0x00000000 vcpu_id=3");
        assertThat(exit.reason().spelling()).isEqualTo("0x77");
        assertThat(byName(exit)).isEqualTo(Logs.one("kvm_exit: vcpu 3 reason pause rip 0xffffffff81a5a38d info 0 0"));
        assertThat(((KvmExit) Logs.one("kvm_exit: exit_reason=0x80000028 (-2147483608) guest_rip=0x8 (8) isa=0x1 (1)"
                                + " info1=0x0 (0) vcpu_id=0x2 (2) requests=0x0 (0)"))
                        .reason()
                        .name())
                .isEqualTo("PAUSE_INSTRUCTION");
        assertThat(((KvmExit) Logs.one("kvm_exit: exit_reason=4095 guest_rip=0x8 isa=2")).reason())
                .extracting(reason -> reason.isa() + " " + reason.code() + " " + reason.name())
                .isEqualTo(Isa.SVM + " 4095 0xfff");
        assertBoth(
                "kvm_entry:   vcpu_id=11 rip=0xffffffff81a5a38f immediate_exit=0",
                "kvm_entry: vcpu_id=0xb (11) rip=0xffffffff81a5a38f (-2119850097) immediate_exit=0x0 (0)",
                new KvmEntry(0, 1, 174, 1, 11, 0xffffffff81a5a38fL));
        // before 5.10 the record has no rip
        assertThat(Logs.one("kvm_entry:   vcpu_id=11")).isEqualTo(new KvmEntry(0, 1, 174, 1, 11, 0));
    }

    @Test
    void interruptsAndMsrs() {
        // 0xc0d03: vector 3, mode 5 in bits 8-10, logical (bit 11), shorthand 3 in bits 18-19
        assertBoth(
                "kvm_apic_ipi:   icr_low=789763 dest_id=1f",
                "kvm_apic_ipi: icr_low=0xc0d03 (789763) dest_id=0x1f (31)",
                new ApicIpi(0, 1, 174, 1, 31, 3, DeliveryMode.INIT, true, ApicIpi.Shorthand.ALL_BUT_SELF));
        assertThat(Logs.one("kvm_apic_ipi:   icr_low=252 dest_id=0"))
                .isEqualTo(new OtherEvent(0, 1, 174, 1, "kvm_apic_ipi"));
        assertBoth(
                "kvm_apic_accept_irq:   apicid=1f dm=1024 tm=32768 vec=236",
                "kvm_apic_accept_irq: apicid=0x1f (31) dm=0x400 (1024) tm=0x8000 (32768) vec=0xec (236)",
                new ApicAcceptIrq(0, 1, 174, 1, 31, 236, DeliveryMode.NMI, true));
        assertBoth(
                "kvm_eoi:   apicid=1f vector=236",
                "kvm_eoi: apicid=0x1f (31) vector=0xec (236)",
                new Eoi(0, 1, 174, 1, 31, 236));
        assertBoth(
                "kvm_inj_virq:   vector=0xec soft=0 reinjected=1",
                "kvm_inj_virq: vector=0xec (236) soft=0x0 (0) reinjected=0x1 (1)",
                new InjectedVirq(0, 1, 174, 1, 236, false, true));
        assertThat(Logs.one("kvm_inj_virq:   irq=52")).isEqualTo(new InjectedVirq(0, 1, 174, 1, 52, false, false));
        assertBoth(
                "kvm_msr:   write=1 ecx=830 data=0xb0000440b0 exception=0",
                "kvm_msr: write=0x1 (1) ecx=0x830 (2096) data=0xb0000440b0 (755914244272) exception=0x0 (0)",
                new MsrAccess(0, 1, 174, 1, true, 0x830, 0xb0000440b0L, false));
    }

    @Test
    void windowsAndWakeups() {
        assertBoth(
                "kvm_ple_window_update:   vcpu_id=1 new=6000 old=3000",
                "kvm_ple_window_update: vcpu_id=0x1 (1) new=0x1770 (6000) old=0xbb8 (3000)",
                new PleWindowUpdate(0, 1, 174, 1, 1, 3000, 6000));
        assertBoth(
                "kvm_vcpu_wakeup:   ns=3998471 waited=1 valid=0",
                "kvm_vcpu_wakeup: ns=0x3d0307 (3998471) waited=0x1 (1) valid=0x0 (0)",
                new VcpuWakeup(0, 1, 174, 1, false, 3998471, false));
        assertBoth(
                "kvm_halt_poll_ns:   grow=1 vcpu_id=2 new=20000 old=10000",
                "kvm_halt_poll_ns: grow=0x1 (1) vcpu_id=0x2 (2) new=0x4e20 (20000) old=0x2710 (10000)",
                new HaltPollWindow(0, 1, 174, 1, 2, 20000, 10000));
    }

    @Test
    void schedulerEvents() {
        assertBoth(
                "sched_switch:  prev_comm=a b prev_pid=9 prev_prio=120 prev_state=256 next_comm=x=1 next_pid=8 next_prio=-1",
                "sched_switch: prev_comm=a b prev_pid=0x9 (9) prev_prio=0x78 (120) prev_state=0x100 (256)"
                        + " next_comm=x=1 next_pid=0x8 (8) next_prio=0xffffffff (-1)",
                new SchedSwitch(0, 1, 174, 1, 9, 120, TaskState.PREEMPTED, 8, -1));
        assertBoth(
                "sched_waking: comm=a pid=9 prio=120 success=1 target_cpu=012",
                "sched_waking: comm=a pid=0x9 (9) prio=0x78 (120) success=0x1 (1) target_cpu=0xc (12)",
                new SchedWake(0, 1, 174, 1, SchedWake.Stage.WAKING, 9, 120, 12));
        assertBoth(
                "sched_migrate_task: comm=a pid=9 prio=120 orig_cpu=1 dest_cpu=10",
                "sched_migrate_task: comm=a pid=0x9 (9) prio=0x78 (120) orig_cpu=0x1 (1) dest_cpu=0xa (10)",
                new SchedMigrate(0, 1, 174, 1, 9, 120, 1, 10));
    }

    @Test
    void aRealReportGivesTheSameEventsWithAndWithoutText() throws IOException {
        // bare IPIs are cut to their vector and pass by name only
        List<TraceEvent> bare = read("zoo/trace-cmd-default-clock.report-R-raw-fields.txt");
        List<TraceEvent> text = read("zoo/trace-cmd-default-clock.report-N-noplugins.txt");
        assertThat(bare).hasSizeGreaterThan(1000);
        // both are beginnings of one trace.dat; the text file is the longer one
        assertThat(text.subList(0, bare.size())).isEqualTo(bare);
    }

    /** Text spells the reason out, fields hold its code. */
    private static TraceEvent byName(TraceEvent event) {
        if (event instanceof KvmExit e) {
            return new KvmExit(
                    e.timestampNs(),
                    e.pcpu(),
                    e.tid(),
                    e.line(),
                    e.vcpu(),
                    e.reason().spelled(e.reason().name(), false),
                    e.guestRip());
        }
        return event;
    }

    private static boolean isIpi(TraceEvent event) {
        return event.kind() == EventKind.APIC_IPI
                || (event.kind() == EventKind.OTHER
                        && ((OtherEvent) event).name().equals("kvm_apic_ipi"));
    }

    private static List<TraceEvent> read(String file) throws IOException {
        List<TraceEvent> events = new ArrayList<>();
        Path log = TraceFolder.root().resolve(file);
        try (TraceReader reader = TraceReader.open(log, ReadOptions.LENIENT)) {
            reader.read(event -> {
                if (event.kind() != EventKind.THREAD_NAMED && !isIpi(event)) {
                    events.add(byName(event));
                }
            });
        }
        return events;
    }
}
