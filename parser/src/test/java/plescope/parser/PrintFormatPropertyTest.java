package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.event.ApicAcceptIrq;
import plescope.parser.event.ApicIpi;
import plescope.parser.event.Eoi;
import plescope.parser.event.EventKind;
import plescope.parser.event.HaltPollWindow;
import plescope.parser.event.HostInterrupt;
import plescope.parser.event.HostIpi;
import plescope.parser.event.Hypercall;
import plescope.parser.event.InjectedVirq;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.MsrAccess;
import plescope.parser.event.OtherEvent;
import plescope.parser.event.PleWindowUpdate;
import plescope.parser.event.SchedMigrate;
import plescope.parser.event.SchedStat;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.SchedWake;
import plescope.parser.event.TraceEvent;
import plescope.parser.event.VcpuWakeup;

/** Whatever a 6.18 kernel prints for its KVM, scheduler and interrupt events is read, with the values it printed. */
final class PrintFormatPropertyTest {
    private static final int RENDERINGS = 200;

    /** Events whose values the model carries; all others pass by name. */
    private static final Set<String> WITH_RULE = Set.of(
            "kvm_exit",
            "kvm_entry",
            "kvm_ple_window_update",
            "kvm_apic_ipi",
            "kvm_apic_accept_irq",
            "kvm_eoi",
            "kvm_inj_virq",
            "kvm_msr",
            "kvm_vcpu_wakeup",
            "kvm_halt_poll_ns",
            "kvm_hypercall",
            "kvm_hv_hypercall",
            "sched_switch",
            "sched_waking",
            "sched_wakeup",
            "sched_wakeup_new",
            "sched_migrate_task",
            "sched_stat_runtime",
            "ipi_send_cpu",
            "irq_handler_entry",
            "irq_handler_exit",
            "softirq_entry",
            "softirq_exit",
            "softirq_raise",
            "reschedule_entry",
            "reschedule_exit",
            "call_function_entry",
            "call_function_exit",
            "call_function_single_entry",
            "call_function_single_exit",
            "local_timer_entry",
            "local_timer_exit",
            "irq_work_entry",
            "irq_work_exit",
            "x86_platform_ipi_entry",
            "x86_platform_ipi_exit");

    static Stream<Path> formats() throws IOException {
        Stream<Path> all = Stream.of();
        for (String system : new String[] {"kvm", "kvmmmu", "sched", "irq", "ipi", "irq_vectors"}) {
            all = Stream.concat(all, TraceFolder.files("tracefs-6.18/" + system).stream());
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyRenderingIsReadWithItsValues(Path file) throws IOException {
        PrintFormat format = new PrintFormat(file);
        SplittableRandom random = new SplittableRandom(Long.getLong("seed", 11));
        byte[] comm = "CPU 2/KVM".getBytes(StandardCharsets.US_ASCII);
        StringBuilder text = new StringBuilder();
        List<Map<String, Long>> printed = new ArrayList<>();
        for (int i = 0; i < RENDERINGS; i++) {
            Producers producer = Producers.values()[random.nextInt(Producers.values().length)];
            text.append(producer.line(comm, 174, 170, 1, format.name + ": " + format.render(random)));
            text.append('\n');
            printed.add(Map.copyOf(format.numbers()));
        }
        Logs log = Logs.read(text.toString().getBytes(StandardCharsets.UTF_8), new ReadOptions(true, 0, 0));
        assertThat(log.summary.events()).isEqualTo(Map.of(format.name, (long) RENDERINGS));
        assertThat(log.summary.diagnostics().counts().keySet())
                .as("lines of all producers and random values stand in one text here")
                .isSubsetOf(DiagnosticCode.SEVERAL_PRODUCERS, DiagnosticCode.FAILED_ENTRY, DiagnosticCode.NO_RIP);
        String[] lines = text.toString().split("\n", -1);
        for (int i = 0; i < RENDERINGS; i++) {
            TraceEvent event = log.events().get(i);
            if (WITH_RULE.contains(format.name)) {
                assertValues(event, printed.get(i), lines[i]);
            } else {
                assertThat(((OtherEvent) event).name()).as(lines[i]).isEqualTo(format.name);
            }
        }
    }

    private static void assertValues(TraceEvent event, Map<String, Long> printed, String line) {
        assertThat(event.kind()).as(line).isNotEqualTo(EventKind.OTHER);
        values(event).forEach((field, value) -> {
            // unsigned 32-bit fields may exceed an int, which keeps their bits
            boolean narrow = value instanceof Integer;
            Number expected = narrow ? (Number) printed.get(field).intValue() : printed.get(field);
            assertThat(value).as(field + " of " + line).isEqualTo(expected);
        });
    }

    /** The model's values under the names of the record's fields. */
    private static Map<String, Number> values(TraceEvent event) {
        return switch (event.kind()) {
            case KVM_EXIT -> Map.of("vcpu_id", ((KvmExit) event).vcpu(), "guest_rip", ((KvmExit) event).guestRip());
            case KVM_ENTRY -> Map.of("vcpu_id", ((KvmEntry) event).vcpu(), "rip", ((KvmEntry) event).guestRip());
            case PLE_WINDOW_UPDATE ->
                Map.of(
                        "vcpu_id", ((PleWindowUpdate) event).vcpu(),
                        "old", ((PleWindowUpdate) event).oldWindow(),
                        "new", ((PleWindowUpdate) event).newWindow());
            case APIC_IPI -> Map.of("dest_id", ((ApicIpi) event).destination(), "icr_low", ((ApicIpi) event).vector());
            case APIC_ACCEPT_IRQ ->
                Map.of("apicid", ((ApicAcceptIrq) event).apicId(), "vec", ((ApicAcceptIrq) event).vector());
            case INJECTED_VIRQ -> Map.of("vector", ((InjectedVirq) event).vector());
            case EOI -> Map.of("apicid", ((Eoi) event).apicId(), "vector", ((Eoi) event).vector());
            case MSR_ACCESS -> Map.of("ecx", ((MsrAccess) event).index(), "data", ((MsrAccess) event).data());
            case VCPU_WAKEUP -> Map.of("ns", ((VcpuWakeup) event).waitedNs());
            case HALT_POLL_WINDOW ->
                Map.of(
                        "vcpu_id", ((HaltPollWindow) event).vcpu(),
                        "new", ((HaltPollWindow) event).newNs(),
                        "old", ((HaltPollWindow) event).oldNs());
            case HYPERCALL ->
                ((Hypercall) event).api() == Hypercall.Interface.KVM
                        ? Map.of("nr", ((Hypercall) event).number(), "a3", ((Hypercall) event).a3())
                        : Map.of("code", ((Hypercall) event).number(), "ingpa", ((Hypercall) event).a0());
            case SCHED_SWITCH ->
                Map.of(
                        "prev_pid", ((SchedSwitch) event).prevTid(),
                        "prev_prio", ((SchedSwitch) event).prevPrio(),
                        "next_pid", ((SchedSwitch) event).nextTid(),
                        "next_prio", ((SchedSwitch) event).nextPrio());
            case SCHED_WAKE ->
                Map.of(
                        "pid", ((SchedWake) event).wakeeTid(),
                        "prio", ((SchedWake) event).prio(),
                        "target_cpu", ((SchedWake) event).targetPcpu());
            case SCHED_MIGRATE ->
                Map.of(
                        "pid", ((SchedMigrate) event).movedTid(),
                        "orig_cpu", ((SchedMigrate) event).fromPcpu(),
                        "dest_cpu", ((SchedMigrate) event).toPcpu());
            case SCHED_STAT -> Map.of("pid", ((SchedStat) event).statTid(), "runtime", ((SchedStat) event).ns());
            case HOST_IPI -> Map.of("cpu", ((HostIpi) event).targetPcpu());
            case HOST_INTERRUPT ->
                Map.of(
                        switch (((HostInterrupt) event).source()) {
                            case DEVICE -> "irq";
                            case SOFTIRQ -> "vec";
                            default -> "vector";
                        },
                        ((HostInterrupt) event).number());
            case EVENTS_LOST, THREAD_NAMED, OTHER -> throw new AssertionError("no event of a rule: " + event);
        };
    }
}
