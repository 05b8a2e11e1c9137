package plescope.replay.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plescope.parser.ReadOptions;
import plescope.parser.ReadSummary;
import plescope.parser.TraceReader;
import plescope.replay.guest.GuestOutcome;
import plescope.replay.scenario.text.Dialect;
import plescope.replay.scenario.text.GuestFunction;
import plescope.replay.scenario.text.KernelEra;
import plescope.replay.scenario.text.Producer;
import plescope.replay.scenario.text.TextSink;
import plescope.replay.scenario.text.TraceCounts;
import plescope.replay.scenario.text.TruthRow;
import plescope.replay.scenario.text.TruthRow.What;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.SpinDetector;
import plescope.replay.spin.SpinOptions;
import plescope.replay.spin.SpinSummary;
import plescope.replay.testing.RecordingScheduleSink;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;
import plescope.replay.timeline.TimelineSummary;

/** The scenarios of {@code samples/scenarios}: all are read, run, and their traces hold together. */
class LibraryTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("plescope.root", ".")).resolve("samples/scenarios");

    /** Long enough for waits to come up, short enough for a test. */
    private static final long SPAN_NS = 8_000_000;

    /** Scenarios of more vCPUs run for less: every shootdown interrupts all of a VM. */
    private static final int USUAL_VCPUS = 32;

    static Stream<String> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".scenario"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Scenario parse(String name, Map<String, String> parameters) throws IOException {
        return Scenario.parse(name, Files.readString(FOLDER.resolve(name)), parameters);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyScenarioRunsAndItsTraceHoldsTogether(String name) throws IOException {
        Scenario scenario = parse(name, Map.of());
        Dialect dialect = new Dialect(Producer.PERF, KernelEra.V6_12, scenario.isa(), true);
        List<String> lines = new ArrayList<>();
        List<TruthRow> truth = new ArrayList<>();
        int vcpus = scenario.roster().vcpus().size();
        long spanNs = SPAN_NS * USUAL_VCPUS / Math.max(USUAL_VCPUS, vcpus);
        Synthesis.Result result = new Synthesis(scenario, scenario.setting(), spanNs, 1)
                .write(dialect, TextSink.lines(lines::add), truth::add, Long.MAX_VALUE);

        assertThat(result.host().elapsedNs()).isEqualTo(spanNs);
        assertThat(result.guests()).extracting(GuestOutcome::vm).hasSameSizeAs(scenario.vms());
        assertThat(truth)
                .filteredOn(row -> row.what() == What.VCPU)
                .hasSameSizeAs(scenario.roster().vcpus());
        read(lines);
    }

    /** Reads the text as any log is read. */
    private static TimelineSummary read(List<String> lines) throws IOException {
        GuestSymbols symbols = GuestSymbols.parse(GuestSymbols.EVERY_VM, GuestFunction.systemMap().stream());
        SpinDetector detector = new SpinDetector(SpinOptions.DEFAULT, symbols, new RecordingScheduleSink());
        TimelineBuilder builder = new TimelineBuilder(ThreadMap.EMPTY, detector);
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try (TraceReader reader = TraceReader.open(new ByteArrayInputStream(text), "written", ReadOptions.LENIENT)) {
            ReadSummary read = reader.read(builder::accept);
            TimelineSummary timeline = builder.finish();
            SpinSummary spin = detector.finish(timeline.roster());
            assertThat(read.diagnostics().kept()).isEmpty();
            assertThat(timeline.violations()).isZero();
            assertThat(timeline.backwards()).isZero();
            assertThat(timeline.entryAfterEntry()).isZero();
            assertThat(timeline.exitAfterExit()).isZero();
            assertThat(timeline.exitWithoutEntry()).isZero();
            assertThat(spin.pauseExits()).isNotNegative();
            return timeline;
        }
    }

    @Test
    void truthAndTraceAgree() throws IOException {
        Scenario convoy = parse("convoy.scenario", Map.of());
        Dialect dialect = new Dialect(Producer.FTRACE, KernelEra.V6_18, convoy.isa(), true);
        List<String> lines = new ArrayList<>();
        Map<What, Integer> rows = new EnumMap<>(What.class);
        Map<String, Long> lockEnds = new HashMap<>();
        long[] pauses = new long[1];
        Consumer<TruthRow> check = row -> {
            rows.merge(row.what(), 1, Integer::sum);
            pauses[0] += Math.max(0, row.pleExits());
            if (row.what() == What.LOCK) {
                // One lock per VM here: it is taken again only after it was let go.
                assertThat(row.startNs()).isGreaterThanOrEqualTo(lockEnds.getOrDefault(row.vm(), 0L));
                assertThat(row.endNs() - row.startNs()).isGreaterThanOrEqualTo(20_000);
                lockEnds.put(row.vm(), row.endNs());
            }
        };
        new Synthesis(convoy, convoy.setting(), 100_000_000, 3)
                .write(dialect, TextSink.lines(lines::add), check, Long.MAX_VALUE);
        assertThat(rows.keySet()).containsExactlyInAnyOrder(What.values());
        assertThat(rows.get(What.LOCK)).isGreaterThan(100);
        assertThat(lines.stream().filter(line -> line.contains("reason pause ")).count())
                .isEqualTo(pauses[0])
                .isGreaterThan(100);
        // Waiters of the convoy spin in the ticket lock, flushers where answers are awaited; as their symbols say.
        assertThat(lines.stream()
                                .filter(line -> line.contains("reason pause rip 0xffffffff8110421c "))
                                .count()
                        + lines.stream()
                                .filter(line -> line.contains("reason pause rip 0xffffffff8117043f "))
                                .count())
                .isEqualTo(pauses[0]);
    }

    @Test
    void equalSeedsGiveEqualText() throws IOException {
        Scenario convoy = parse("convoy.scenario", Map.of());
        assertThat(text(convoy, 5)).isEqualTo(text(convoy, 5)).isNotEqualTo(text(convoy, 6));
    }

    private static List<String> text(Scenario scenario, long seed) {
        Dialect dialect = new Dialect(Producer.TRACE_CMD, KernelEra.V5_15, scenario.isa(), true);
        List<String> lines = new ArrayList<>();
        new Synthesis(scenario, scenario.setting(), SPAN_NS, seed)
                .write(dialect, TextSink.lines(lines::add), row -> {}, Long.MAX_VALUE);
        return lines;
    }

    @Test
    void theRunEndsWithTheLastLineAskedFor() throws IOException {
        Scenario convoy = parse("convoy.scenario", Map.of());
        Dialect dialect = new Dialect(Producer.PERF, KernelEra.V6_12, convoy.isa(), true);
        List<String> whole = new ArrayList<>();
        new Synthesis(convoy, convoy.setting(), 300_000_000, 1)
                .write(dialect, TextSink.lines(whole::add), row -> {}, Long.MAX_VALUE);
        List<String> lines = new ArrayList<>();
        Synthesis.Result cut = new Synthesis(convoy, convoy.setting(), Synthesis.ENDLESS_NS, 1)
                .write(dialect, TextSink.lines(lines::add), row -> {}, 5_000);
        assertThat(whole).hasSizeGreaterThan(5_000);
        assertThat(lines).isEqualTo(whole.subList(0, 5_000));
        // Ten lines of header.
        assertThat(cut.log().lines()).isEqualTo(5_000);
        assertThat(cut.log().allEvents()).isEqualTo(4_990);
    }

    @Test
    void countsAreThoseOfTheLines() throws IOException {
        Scenario convoy = parse("convoy.scenario", Map.of());
        Dialect dialect = new Dialect(Producer.FTRACE, KernelEra.V6_12, convoy.isa(), true);
        List<String> lines = new ArrayList<>();
        TraceCounts counts = new Synthesis(convoy, convoy.setting(), 50_000_000, 1)
                .write(dialect, TextSink.lines(lines::add), row -> {}, Long.MAX_VALUE)
                .log();
        assertThat(counts.lines()).isEqualTo(lines.size());
        assertThat(counts.bytes()).isEqualTo(String.join("\n", lines).length() + 1L);
        assertThat(lines).anyMatch(line -> line.contains("entries-written: " + counts.allEvents() + "/"));
        counts.events().forEach((event, count) -> assertThat(
                        lines.stream().filter(line -> line.contains(": " + event.label() + ": ")))
                .as("%s", event)
                .hasSize(count.intValue()));
        assertThat(lines.stream().filter(line -> line.contains("reason pause ")))
                .hasSize((int) counts.pauseExits());
    }

    /** The README's table: file, parameters with their defaults, and which assertion each serves. */
    @Test
    void everyScenarioHasItsRow() throws IOException {
        List<String> rows = Files.readAllLines(FOLDER.resolve("README.md")).stream()
                .filter(line -> line.startsWith("| [`"))
                .toList();
        List<String> expected = new ArrayList<>();
        for (String name : scenarios().toList()) {
            Scenario scenario = parse(name, Map.of());
            List<String> parameters = scenario.parameters().stream()
                    .map(parameter -> parameter.name() + "=" + parameter.value())
                    .toList();
            String stem = name.substring(0, name.length() - ".scenario".length());
            expected.add("| [`" + stem + "`](" + name + ") | " + scenario.title() + " | "
                    + String.join(", ", parameters) + " |");
        }
        assertThat(rows).allSatisfy(row -> assertThat(row.split("\\|", -1)).hasSize(6));
        assertThat(rows.stream().map(row -> row.substring(0, row.lastIndexOf('|', row.length() - 2) + 1)))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void variantsOfThePublishedSetUpsAreScenariosToo() throws IOException {
        assertThat(parse("dbench-pool.scenario", Map.of("vms", "5", "pool", "3"))
                        .host()
                        .pcpus())
                .isEqualTo(15);
        assertThat(parse("dbench-pool.scenario", Map.of("vms", "3", "vcpus", "5", "pool", "5"))
                        .roster()
                        .vcpus())
                .hasSize(15);
        assertThat(parse("dbench-ratio.scenario", Map.of("ratio", "10"))
                        .roster()
                        .vcpus())
                .hasSize(80);
        assertThat(parse("amqp.scenario", Map.of("loops", "4", "bytes", "16"))
                        .vms()
                        .get(1)
                        .tasks()
                        .get(0)
                        .count())
                .isEqualTo(4);
        assertThat(parse("dedup.scenario", Map.of("vms", "4")).vms()).hasSize(4);
        assertThat(parse("pv-locks.scenario", Map.of("pv", "off"))
                        .vms()
                        .get(0)
                        .features()
                        .pvSpinlock())
                .isFalse();
    }
}
