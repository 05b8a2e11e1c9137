package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.event.ExitReason.Isa;

/** What a log tells about its kernel, its vendor and its losses. */
final class LogFactsTest {
    private static ReadSummary summary(String... events) {
        StringBuilder text = new StringBuilder();
        for (String event : events) {
            text.append(Logs.PERF).append(event).append('\n');
        }
        return Logs.read(text.toString()).summary;
    }

    private static String bounds(String... events) {
        KernelHints kernel = summary(events).kernel();
        return kernel.atLeast() + ".." + kernel.before();
    }

    @Test
    void spellingsBoundTheKernelVersion() {
        assertThat(bounds("kvm:kvm_pv_eoi: apicid 1 vector 2")).isEqualTo("null..null");
        assertThat(bounds("kvm:kvm_exit: vcpu 1 reason pause rip 0x8 info 0 0", "kvm:kvm_entry: vcpu 1"))
                .isEqualTo("5.4..5.10");
        assertThat(bounds("kvm:kvm_exit: vcpu 1 reason pause rip 0x8 info1 0x0 info2 0x0 intr_info 0x0 error_code 0x0"))
                .isEqualTo("5.10..6.14");
        assertThat(bounds("kvm:kvm_exit: vcpu 1 reason pause rip 0x8 info1 0x0 info2 0x0 intr_info 0x0 error_code 0x0"
                        + " requests 0x0"))
                .isEqualTo("6.14..null");
        assertThat(bounds("kvm:kvm_entry: vcpu 1, rip 0x8 intr_info 0x0 error_code 0x0"))
                .isEqualTo("6.14..null");
        assertThat(bounds("kvm:kvm_entry:  vcpu 1 rip 0x8")).isEqualTo("5.10..null");
        assertThat(bounds("kvm:kvm_inj_virq: irq 5")).isEqualTo("null..6.0");
        assertThat(bounds("kvm:kvm_inj_virq: IRQ 0x5")).isEqualTo("6.0..null");
        assertThat(bounds("sched:sched_stat_runtime: comm=a pid=1 runtime=1 [ns]"))
                .isEqualTo("6.8..null");
        assertThat(bounds("sched:sched_stat_runtime: comm=a pid=1 runtime=1 [ns] vruntime=1 [ns]"))
                .isEqualTo("null..6.8");
        assertThat(bounds("kvm:kvm_ple_window: vcpu 1: ple_window 4096 (shrink 4096)"))
                .isEqualTo("null..5.4");
    }

    /** One line with it is enough: a name that ends in a number may look like a line without. */
    @Test
    void oneVruntimeBoundsTheKernel() {
        assertThat(bounds(
                        "sched:sched_stat_runtime: comm=a pid=1 runtime=1 [ns] vruntime=1 [ns]",
                        "sched:sched_stat_runtime: comm=a pid=1 runtime=1 [ns]"))
                .isEqualTo("null..6.8");
    }

    @Test
    void hygonIsAmdsKind() {
        String line = Logs.PERF + "kvm:kvm_entry: vcpu 1\n";
        assertThat(Logs.read("# cpuid : HygonGenuine,24,1,1\n" + line).summary.isa())
                .isEqualTo(Logs.read("# cpuid : AuthenticAMD,25,17,1\n" + line)
                        .summary
                        .isa())
                .isEqualTo(plescope.parser.event.ExitReason.Isa.SVM);
    }

    @Test
    void ipiOfTheFastPathStandsBeforeOrAfterItsExit() {
        String entry = "kvm:kvm_entry: vcpu 1, rip 0x8";
        String ipi = "kvm:kvm_apic_ipi: dst 2 vec 251 (Fixed|physical|de-assert|edge|dst)";
        String exit = "kvm:kvm_exit: vcpu 1 reason msr rip 0x8 info1 0x1 info2 0x0 intr_info 0x0 error_code 0x0";
        assertThat(summary(entry, ipi, exit).kernel().fastpathIpiBeforeExit()).isTrue();
        assertThat(summary(entry, exit, ipi).kernel().fastpathIpiBeforeExit()).isFalse();
        assertThat(summary(entry, exit).kernel().fastpathIpiBeforeExit()).isNull();
    }

    @Test
    void vendorFollowsFromReasonsOrHead() {
        assertThat(summary("kvm:kvm_exit: reason HLT rip 0x8 info 0 0").isa()).isEqualTo(Isa.VMX);
        assertThat(summary("kvm:kvm_exit: reason hlt rip 0x8 info 0 0").isa()).isEqualTo(Isa.SVM);
        String head = "# cpuid : GenuineIntel,6,85,7\n# os release : 5.15.0-91\n";
        ReadSummary summary = Logs.read(head + Logs.PERF + "kvm:kvm_entry: vcpu 1\n").summary;
        assertThat(summary.isa()).isEqualTo(Isa.VMX);
        assertThat(summary.kernel().release()).isEqualTo("5.15.0-91");
    }

    @Test
    void lossesAreCountedEvenWithoutANumber() {
        String entry = Logs.PERF + "kvm:kvm_entry: vcpu 1\n";
        ReadSummary summary = Logs.read(entry + "CPU:1 [LOST 342 EVENTS]\nCPU:0 [EVENTS DROPPED]\n").summary;
        assertThat(summary.lostEvents()).isEqualTo(343);
        assertThat(summary.diagnostics().count(DiagnosticCode.EVENTS_LOST)).isEqualTo(2);
        assertThat(summary.events()).containsOnlyKeys("kvm_entry");
    }

    @Test
    void wrappedBufferIsNoticed() {
        String head = "# tracer: nop\n#\n# entries-in-buffer/entries-written: 10/25   #P:2\n";
        ReadSummary summary =
                Logs.read(head + "             cpu-1       [000] d..1.     1.500000: kvm_entry: vcpu 1\n").summary;
        assertThat(summary.diagnostics().count(DiagnosticCode.BUFFER_WRAPPED)).isEqualTo(1);
        assertThat(summary.format()).isEqualTo(TraceFormat.FTRACE);
        assertThat(summary.firstTimestampNs()).isEqualTo(1_500_000_000L);
    }
}
