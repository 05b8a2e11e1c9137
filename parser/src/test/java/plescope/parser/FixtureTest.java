package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plescope.parser.event.EventKind;
import plescope.parser.event.SchedWake;
import plescope.parser.event.ThreadNamed;
import plescope.parser.event.TraceEvent;

/** One small log per tool version: each rule takes its own lines and no others. */
final class FixtureTest {
    static byte[] fixture(String name) {
        try (InputStream in = FixtureTest.class.getResourceAsStream("/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "perf-6.1-kernel-6.12.txt, PERF_SCRIPT, 1000, false",
        "perf-6.1-ns-pid-tid-kernel-6.1.txt, PERF_SCRIPT, 1, true",
        "perf-6.1-header-kernel-6.1.txt, PERF_SCRIPT, 1000, false",
        "ftrace-6.1.txt, FTRACE, 1000, false",
        "ftrace-6.12.txt, FTRACE, 1000, false",
        "ftrace-6.1-record-tgid.txt, FTRACE, 1000, true",
        "ftrace-6.18.txt, FTRACE, 1000, false",
        "trace-cmd-3.1.6.txt, TRACE_CMD, 1000, false",
        "trace-cmd-3.1.6-plugins.txt, TRACE_CMD, 1000, false",
    })
    void eachRuleTakesItsOwnLines(String name, TraceFormat format, long resolutionNs, boolean processes) {
        byte[] text = fixture(name);
        Logs log = Logs.read(text, new ReadOptions(true, 0, ReadOptions.DEFAULT_REORDER_WINDOW_NS));
        String[] lines = new String(text, StandardCharsets.ISO_8859_1).split("\n", -1);
        for (EventKind kind : EventKind.values()) {
            List<Long> expected = linesOf(lines, kind);
            if (!expected.isEmpty()) {
                assertThat(log.events().stream().filter(event -> event.kind() == kind))
                        .as(kind.name())
                        .extracting(TraceEvent::line)
                        .containsExactlyElementsOf(expected);
            }
        }
        long eventLines =
                Arrays.stream(lines).filter(line -> line.startsWith(" ")).count();
        assertThat(log.events()).hasSize((int) eventLines);
        assertThat(log.summary.eventCount()).isEqualTo(eventLines);
        assertThat(log.summary.format()).isEqualTo(format);
        assertThat(log.summary.timestampResolutionNs()).isEqualTo(resolutionNs);
        assertThat(log.named()).anyMatch(event -> ((ThreadNamed) event).tgid() > 0 == processes);
    }

    /** Lines, from 1, whose event is of this kind, found by its name alone. */
    private static List<Long> linesOf(String[] lines, EventKind kind) {
        List<String> names =
                switch (kind) {
                    case SCHED_WAKE ->
                        Arrays.stream(SchedWake.Stage.values())
                                .map(stage -> "sched_" + stage.name().toLowerCase(java.util.Locale.ROOT))
                                .toList();
                    case SCHED_STAT -> List.of("sched_stat_[a-z]+");
                    case HYPERCALL -> List.of("kvm_(hv_)?hypercall");
                    case HOST_INTERRUPT ->
                        List.of(
                                "(irq_handler|softirq)_[a-z]+",
                                "(reschedule|call_function|call_function_single|local_timer|irq_work)_(entry|exit)");
                    case OTHER, EVENTS_LOST, THREAD_NAMED -> List.<String>of();
                    case KVM_EXIT,
                            KVM_ENTRY,
                            PLE_WINDOW_UPDATE,
                            APIC_IPI,
                            APIC_ACCEPT_IRQ,
                            INJECTED_VIRQ,
                            EOI,
                            MSR_ACCESS,
                            VCPU_WAKEUP,
                            HALT_POLL_WINDOW,
                            SCHED_SWITCH,
                            HOST_IPI,
                            SCHED_MIGRATE -> List.of(kind.tracepoint());
                };
        return java.util.stream.LongStream.rangeClosed(1, lines.length)
                .filter(number -> names.stream()
                        .anyMatch(name -> lines[(int) number - 1].matches(".*[ :]" + name + ": .*")
                                && !lines[(int) number - 1].startsWith("#")))
                .boxed()
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"perf-6.1-header-kernel-6.1.txt"})
    void perfHeadTellsTheKernel(String name) {
        ReadSummary summary = Logs.read(fixture(name), ReadOptions.LENIENT).summary;
        assertThat(summary.header()).containsEntry("arch", "x86_64").containsEntry("nrcpus online", "2");
        assertThat(summary.kernel().release()).startsWith("6.1.");
    }
}
