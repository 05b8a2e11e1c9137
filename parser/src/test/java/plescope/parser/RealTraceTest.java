package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plescope.parser.diagnostic.CaretPrinter;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.diagnostic.Severity;
import plescope.parser.event.EventKind;
import plescope.parser.event.ExitReason.Isa;
import plescope.parser.event.KvmExit;

/** Real recordings with counts made by another program: every event must be found, none damaged. */
final class RealTraceTest {
    private static final Pattern TEXT = Pattern.compile("(perf-script.*|ftrace-trace|trace-cmd-report.*)\\.txt\\.zst");

    static Stream<Path> recordings() throws IOException {
        return TraceFolder.files("kvm").stream()
                .filter(file -> TEXT.matcher(file.getFileName().toString()).matches());
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everyEventIsFoundAndNoneDamaged(Path log) throws IOException {
        Path summaryFile = log.resolveSibling("summary.json");
        String json = Files.readString(summaryFile);
        long[] pauses = {0};
        long[] lastTime = {Long.MIN_VALUE};
        ReadSummary summary;
        try (TraceReader reader = TraceReader.open(log, ReadOptions.LENIENT)) {
            summary = reader.read(event -> {
                assertThat(event.timestampNs()).isGreaterThanOrEqualTo(lastTime[0]);
                lastTime[0] = event.timestampNs();
                if (event.kind() == EventKind.KVM_EXIT
                        && ((KvmExit) event).reason().isPause()) {
                    pauses[0]++;
                }
            });
        }
        assertThat(summary.events()).isEqualTo(numbers(json, "events"));
        assertThat(pauses[0]).isEqualTo(pauses(numbers(json, "exit_reasons")));
        assertThat(summary.diagnostics().count(Severity.ERROR)).isZero();
        assertThat(summary.diagnostics().count(Severity.DATA_LOSS)).isZero();
        assertThat(summary.isa()).isEqualTo(Isa.SVM);
        assertThat(summary.format()).isEqualTo(format(log.getFileName().toString()));
        boolean old = log.getParent().getFileName().toString().startsWith("61-");
        if (summary.kernel().fastpathIpiBeforeExit() != null) {
            assertThat(summary.kernel().fastpathIpiBeforeExit()).isEqualTo(old);
        }
        // 6.1 and 6.12 print `IRQ 0x` (6.0) and no `requests` (6.14); plugin text hides the latter
        assertThat(summary.kernel().atLeast()).isEqualTo("6.0");
        boolean plugin = summary.diagnostics().count(DiagnosticCode.PLUGIN_TEXT) > 0;
        assertThat(summary.kernel().before()).isEqualTo(plugin ? null : "6.14");
    }

    private static long pauses(Map<String, Long> reasons) {
        return reasons.getOrDefault("pause", 0L) + reasons.getOrDefault("EXIT_PAUSE", 0L);
    }

    private static TraceFormat format(String name) {
        if (name.startsWith("perf")) {
            return TraceFormat.PERF_SCRIPT;
        }
        return name.startsWith("ftrace") ? TraceFormat.FTRACE : TraceFormat.TRACE_CMD;
    }

    /** The flat object of numbers under a key, which is all of JSON that is needed here. */
    private static Map<String, Long> numbers(String json, String key) {
        Matcher object = Pattern.compile("\"" + key + "\": \\{([^}]*)}").matcher(json);
        assertThat(object.find()).isTrue();
        Matcher entry = Pattern.compile("\"([^\"]+)\": (\\d+)").matcher(object.group(1));
        Map<String, Long> numbers = new LinkedHashMap<>();
        while (entry.find()) {
            numbers.put(entry.group(1), Long.parseLong(entry.group(2)));
        }
        return numbers;
    }

    static Stream<Path> oddOnes() throws IOException {
        return Stream.of("zoo", "producers", "lossy", "seed").flatMap(folder -> {
            try {
                return TraceFolder.files(folder).stream();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("oddOnes")
    void everyOddFileGivesEventsOrSaysWhatItIs(Path file) throws IOException {
        long[] events = {0};
        try (TraceReader reader = TraceReader.open(file, ReadOptions.LENIENT)) {
            assertThat(reader.read(event -> events[0]++).eventCount()).isPositive();
            assertThat(events[0]).isPositive();
        } catch (TraceFormatException e) {
            assertThat(e.diagnostic().hint()).isNotEmpty();
            assertThat(CaretPrinter.print(e.diagnostic()))
                    .startsWith(file.toString())
                    .contains(": error PLE-0");
        }
    }

    @Test
    void theSlidesGiveTheSameEventsWithAndWithoutTheColon() throws IOException {
        List<List<?>> blocks = new java.util.ArrayList<>();
        for (Path block : TraceFolder.files("seed").stream()
                .filter(file -> file.toString().endsWith(".txt"))
                .sorted(Comparator.naturalOrder())
                .limit(3)
                .toList()) {
            List<Object> events = new java.util.ArrayList<>();
            try (TraceReader reader = TraceReader.open(block, ReadOptions.LENIENT)) {
                ReadSummary summary = reader.read(events::add);
                assertThat(summary.isa()).isEqualTo(Isa.VMX);
                assertThat(summary.diagnostics().counts()).isEmpty();
            }
            blocks.add(events);
        }
        assertThat(blocks.get(1)).isEqualTo(blocks.get(0));
        assertThat(blocks.get(2)).isEqualTo(blocks.get(0));
    }
}
