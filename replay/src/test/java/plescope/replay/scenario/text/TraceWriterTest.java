package plescope.replay.scenario.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import plescope.parser.ReadOptions;
import plescope.parser.ReadSummary;
import plescope.parser.TraceFormat;
import plescope.parser.TraceReader;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.event.EventKind;
import plescope.parser.event.ExitReason.Isa;
import plescope.parser.event.InjectedVirq;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.PleWindowUpdate;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.SchedWake;
import plescope.parser.event.TraceEvent;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SelectiveSink;
import plescope.replay.policy.SchedulerVersion;
import plescope.replay.scenario.ConvoyScenario;
import plescope.replay.spin.GuestSymbols;

/** One schedule in all dialects: the parser reads every one of them without a word, and they say the same. */
class TraceWriterTest {
    private static final long START_NS = 4_112_700_000_000L;

    static Stream<Arguments> dialects() {
        List<Arguments> all = new ArrayList<>();
        for (Producer producer : Producer.values()) {
            for (KernelEra kernel : KernelEra.values()) {
                for (Isa isa : List.of(Isa.VMX, Isa.SVM)) {
                    all.add(Arguments.of(new Dialect(producer, kernel, isa, true)));
                }
            }
        }
        return all.stream();
    }

    private record Read(List<TraceEvent> events, ReadSummary summary) {}

    /** 30 ms of the convoy, with process ids as {@code tgid} says. */
    private static List<String> written(Dialect dialect, int tgid) {
        ConvoyScenario convoy = new ConvoyScenario(5, 30_000_000);
        Roster plain = convoy.workload().roster();
        List<Roster.Vm> vms = plain.vms().stream()
                .map(vm -> new Roster.Vm(vm.id(), vm.name(), tgid < 0 ? -1 : tgid + vm.id(), vm.grouping()))
                .toList();
        Roster roster = new Roster(vms, plain.vcpus(), plain.threads(), plain.pcpus());
        PleHardware ple = ConvoyScenario.host().ple();
        List<String> lines = new ArrayList<>();
        TraceWriter writer = new TraceWriter(roster, ple, dialect, START_NS, TextSink.lines(lines::add));
        writer.finish(convoy.run(writer).elapsedNs());
        return lines;
    }

    private static Read read(List<String> lines) throws IOException {
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        List<TraceEvent> events = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(new ByteArrayInputStream(text), "written", ReadOptions.LENIENT)) {
            ReadSummary summary = reader.read(events::add);
            // Process ids, which trace-cmd does not print.
            events.removeIf(event -> event.kind() == EventKind.THREAD_NAMED);
            return new Read(events, summary);
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void parserHasNothingToSay(Dialect dialect) throws IOException {
        Read read = read(written(dialect, 1800));
        // The plugin prints no plus behind R: that is the one thing to say, and true of every report.
        assertThat(read.summary().diagnostics().counts().keySet())
                .isEqualTo(dialect.producer() == Producer.TRACE_CMD ? Set.of(DiagnosticCode.PLUGIN_TEXT) : Set.of());
        assertThat(read.summary().isa()).isEqualTo(dialect.isa());
        assertThat(read.summary().format())
                .isEqualTo(
                        switch (dialect.producer()) {
                            case PERF -> TraceFormat.PERF_SCRIPT;
                            case TRACE_CMD -> TraceFormat.TRACE_CMD;
                            case FTRACE -> TraceFormat.FTRACE;
                        });
        assertThat(read.events()).hasSizeGreaterThan(1_000);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void everyDialectTellsTheSameStory(Dialect dialect) throws IOException {
        List<TraceEvent> reference = read(written(new Dialect(Producer.PERF, dialect.kernel(), Isa.SVM, true), 1800))
                .events();
        List<TraceEvent> events = read(written(dialect, 1800)).events();
        boolean before6 = dialect.kernel() == KernelEra.V5_6
                || dialect.kernel() == KernelEra.V5_15
                || dialect.kernel() == KernelEra.V6_1;
        if (dialect.isa() == Isa.VMX && before6) {
            // IPIs stand before or behind their exit, as the vendor's fast path traces them.
            assertThat(count(events)).isEqualTo(count(reference));
            return;
        }
        assertThat(events).hasSameSizeAs(reference);
        for (int i = 0; i < events.size(); i++) {
            TraceEvent event = events.get(i);
            TraceEvent same = reference.get(i);
            assertThat(event.kind()).isEqualTo(same.kind());
            assertThat(event.tid()).isEqualTo(same.tid());
            assertThat(event.pcpu()).isEqualTo(same.pcpu());
            // trace-cmd rounds to the microsecond, the others cut, and times count from the first event.
            assertThat(Math.abs(event.timestampNs() - same.timestampNs()))
                    .isLessThanOrEqualTo(dialect.producer() == Producer.TRACE_CMD ? 1_000L : 0L);
            assertThat(payload(event)).isEqualTo(payload(same));
        }
    }

    /** What all producers print of an event, vendors' spellings aside. */
    private static List<Object> payload(TraceEvent event) {
        if (event instanceof KvmExit exit) {
            return List.of(exit.reason().family(), exit.guestRip());
        }
        if (event instanceof KvmEntry entry) {
            return List.of(entry.vcpu(), entry.guestRip());
        }
        if (event instanceof PleWindowUpdate window) {
            return List.of(window.vcpu(), window.oldWindow(), window.newWindow());
        }
        if (event instanceof SchedSwitch s) {
            return List.of(s.prevTid(), s.prevState(), s.nextTid(), s.nextPrio());
        }
        if (event instanceof SchedWake wake) {
            return List.of(wake.stage(), wake.wakeeTid(), wake.targetPcpu());
        }
        return event instanceof InjectedVirq injected ? List.of(injected.vector()) : List.of();
    }

    private static Map<EventKind, Integer> count(List<TraceEvent> events) {
        Map<EventKind, Integer> count = new EnumMap<>(EventKind.class);
        events.forEach(event -> count.merge(event.kind(), 1, Integer::sum));
        return count;
    }

    /** Memory is that of a stretch of the schedule, however long the whole is: 12 times as many lines, no more held. */
    @Test
    void aLongScheduleIsNotHeldLongerThanAShortOne() {
        int[] shortRun = heldAndLines(100_000_000);
        int[] longRun = heldAndLines(1_200_000_000);
        assertThat(longRun[1]).isGreaterThan(10 * shortRun[1]).isGreaterThan(60_000);
        // 4096 happenings, each of some lines while it is being written, and the last half microsecond.
        assertThat(shortRun[0]).isBetween(2_000, 5_000);
        assertThat(longRun[0]).isBetween(2_000, 5_000);
    }

    private static int[] heldAndLines(long spanNs) {
        ConvoyScenario convoy = new ConvoyScenario(5, spanNs);
        Roster roster = convoy.workload().roster();
        Dialect dialect = new Dialect(Producer.PERF, KernelEra.V6_12, Isa.SVM, true);
        int[] most = new int[2];
        TraceWriter writer = new TraceWriter(
                roster, ConvoyScenario.host().ple(), dialect, START_NS, TextSink.lines(line -> most[1]++));
        ScheduleSink watch = new SelectiveSink() {
            @Override
            public void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {
                most[0] = Math.max(most[0], writer.held());
            }
        };
        writer.finish(convoy.run(ScheduleSink.both(writer, watch)).elapsedNs());
        assertThat(writer.held()).isZero();
        return most;
    }

    @Test
    void kernelIsToldByItsSpelling() throws IOException {
        ReadSummary old = read(written(new Dialect(Producer.FTRACE, KernelEra.V4_18, Isa.VMX, false), -1))
                .summary();
        ReadSummary recent = read(written(new Dialect(Producer.FTRACE, KernelEra.V6_18, Isa.VMX, false), -1))
                .summary();
        assertThat(old.kernel().before()).isEqualTo("5.4");
        assertThat(recent.kernel().atLeast()).isEqualTo("6.14");
        assertThat(read(written(new Dialect(Producer.PERF, KernelEra.V5_15, Isa.SVM, true), -1))
                        .summary()
                        .kernel()
                        .release())
                .isEqualTo("5.15.0");
    }

    @Test
    void fastPathTracesTheIpiBeforeItsExitOn61AndBehindItOn612() throws IOException {
        assertThat(read(written(new Dialect(Producer.PERF, KernelEra.V6_1, Isa.SVM, false), -1))
                        .summary()
                        .kernel()
                        .fastpathIpiBeforeExit())
                .isTrue();
        assertThat(read(written(new Dialect(Producer.PERF, KernelEra.V6_12, Isa.SVM, false), -1))
                        .summary()
                        .kernel()
                        .fastpathIpiBeforeExit())
                .isFalse();
    }

    @Test
    void vectorsAreTheSameInDecimalAndInHex() throws IOException {
        for (KernelEra kernel : KernelEra.values()) {
            assertThat(read(written(new Dialect(Producer.FTRACE, kernel, Isa.VMX, false), -1)).events().stream()
                            .filter(InjectedVirq.class::isInstance)
                            .map(event -> ((InjectedVirq) event).vector())
                            .distinct())
                    .as("%s", kernel)
                    // Calls of functions, and perhaps the local timer.
                    .contains(252)
                    .isSubsetOf(252, 236);
        }
    }

    @Test
    void schedulersHaveTheWordsOfTheirKernel() {
        assertThat(KernelEra.of(SchedulerVersion.CFS_5_6)).isEqualTo(KernelEra.V5_6);
        assertThat(KernelEra.of(SchedulerVersion.CFS_5_10)).isEqualTo(KernelEra.V5_6);
        assertThat(KernelEra.of(SchedulerVersion.EEVDF_6_6)).isEqualTo(KernelEra.V6_1);
        assertThat(KernelEra.of(SchedulerVersion.EEVDF_6_17)).isEqualTo(KernelEra.V6_12);
        assertThat(KernelEra.of(SchedulerVersion.EEVDF_6_19_RC1)).isEqualTo(KernelEra.V6_18);
        assertThat(KernelEra.of(SchedulerVersion.EEVDF_7_1)).isEqualTo(KernelEra.V6_18);
    }

    @Test
    void everyProducerWritesItsOwnLines() {
        // Column positions as in recordings of perf 6.1, trace-cmd 3.1.6 and kernel 6.18.
        assertThat(line(Producer.PERF, KernelEra.V6_12, "kvm_exit"))
                .startsWith("       CPU 0/KVM  1800/1871  [000]  4112.7")
                .contains(":                       kvm:kvm_exit: vcpu 0 reason pause rip 0xffffffff81102a40 info1 0x0");
        assertThat(line(Producer.TRACE_CMD, KernelEra.V6_12, "kvm_exit"))
                .startsWith("       CPU 0/KVM-1871  [000]  4112.7")
                .contains(": kvm_exit:             reason EXIT_PAUSE rip 0xffffffff81102a40 info 0 0");
        assertThat(line(Producer.FTRACE, KernelEra.V6_18, "kvm_exit"))
                .startsWith("       CPU 0/KVM-1871    (   1800) [000] d..1.  4112.7")
                .contains(": kvm_exit: vcpu 0 reason pause rip 0xffffffff81102a40 info1 0x0")
                .endsWith(" error_code 0x00000000 requests 0x0000000000000000");
        assertThat(line(Producer.FTRACE, KernelEra.V4_18, "kvm_exit"))
                .startsWith("       CPU 0/KVM-1871  (   1800) [000] d..1  4112.7")
                .endsWith(": kvm_exit: reason pause rip 0xffffffff81102a40 info 0 0");
    }

    private static String line(Producer producer, KernelEra kernel, String event) {
        return written(new Dialect(producer, kernel, Isa.SVM, false), 1800).stream()
                .filter(line ->
                        line.contains(event + ":") && line.contains("CPU 0/KVM") && line.contains("ffff81102a40"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void systemMapNamesTheLoops() {
        GuestSymbols symbols = GuestSymbols.parse("vm0", GuestFunction.systemMap().stream());
        assertThat(symbols.lookup("vm0", GuestCode.LOCK_LOOP)).hasToString("native_queued_spin_lock_slowpath+0xa0");
        assertThat(symbols.lookup("vm0", GuestCode.IPI_LOOP)).hasToString("smp_call_function_many_cond+0x33f");
        assertThat(symbols.lookup("vm0", GuestCode.HALT)).hasToString("native_safe_halt+0xd");
        assertThat(GuestFunction.systemMap()).isSorted();
    }
}
