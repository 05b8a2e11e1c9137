package plescope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import plescope.analysis.report.ReportName;

/** Every folder of {@code samples} by the real command line: the reports must be those in its folder {@code expected}. */
final class SamplesTest {
    /** Reports that a first look cannot do without. */
    private static final Set<ReportName> FIRST_LOOK = EnumSet.of(
            ReportName.SUMMARY,
            ReportName.BURST_TOTALS,
            ReportName.BURSTS,
            ReportName.HOTSPOTS,
            ReportName.ROOT_CAUSES,
            ReportName.HEADROOM,
            ReportName.CONTINUATION,
            ReportName.YIELDS,
            ReportName.WAKE_UPS,
            ReportName.VCPUS,
            ReportName.WHAT_IF,
            ReportName.TRUST);

    private static final Path SAMPLES = RunFromRoot.ROOT.resolve("samples");
    private static final Pattern LOG = Pattern.compile("(trace|(block-\\d+))\\.txt(\\.zst|\\.gz)?");

    /** Every report but the predictions: what the what-if report says of them is enough to keep. */
    private static final List<ReportName> GOLDEN = Arrays.stream(ReportName.values())
            .filter(report -> report != ReportName.PREDICTIONS)
            .toList();

    @TempDir
    private Path folder;

    /** A log of a sample; {@code prefix} sets its expected files apart where the sample has several logs. */
    private record Log(Path file, String prefix) {
        Path expected(ReportName report) {
            return file.resolveSibling("expected").resolve(prefix + report.text() + ".csv");
        }

        /** Sample and block, as the test is called. */
        String label() {
            return file.getParent().getFileName()
                    + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
        }
    }

    @TestFactory
    List<DynamicTest> everyReportIsTheExpectedOne() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Log log : logs()) {
            tests.add(dynamicTest(log.label(), () -> {
                Path database = folder.resolve("sample.duckdb");
                analyze(log, database);
                for (ReportName report : GOLDEN) {
                    Golden.check(log.expected(report), csv(report, database));
                }
            }));
        }
        assertThat(tests).hasSizeGreaterThan(3);
        return tests;
    }

    @Test
    void noExpectedFileIsLeftOver() throws IOException {
        List<Path> wanted = new ArrayList<>();
        for (Log log : logs()) {
            GOLDEN.stream().map(log::expected).forEach(wanted::add);
        }
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            assertThat(files.filter(file -> file.getParent().endsWith("expected")))
                    .isSubsetOf(wanted);
        }
    }

    /** Twice with one replay at a time, once with two at a time: the same bytes. */
    @Test
    void equalInputGivesEqualReportsWithAnyNumberOfThreads() throws IOException {
        Log log = logs().stream()
                .filter(l -> l.label().equals("ticket-lock-ftrace"))
                .findFirst()
                .orElseThrow();
        List<List<String>> answers = new ArrayList<>();
        for (String jobs : List.of("1", "1", "2")) {
            Path database = folder.resolve("run-" + answers.size() + ".duckdb");
            analyze(log, database, "--jobs", jobs);
            answers.add(Arrays.stream(ReportName.values())
                    .map(report -> csv(report, database))
                    .toList());
        }
        assertThat(answers.get(0))
                .anySatisfy(csv -> assertThat(csv.lines().count()).isGreaterThan(1));
        assertThat(answers.get(1)).isEqualTo(answers.get(0));
        assertThat(answers.get(2)).isEqualTo(answers.get(0));
    }

    private static List<Log> logs() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            return files.sorted().flatMap(SamplesTest::log).toList();
        }
    }

    private static Stream<Log> log(Path file) {
        Matcher name = LOG.matcher(file.getFileName().toString());
        if (!name.matches()
                || !file.getParent().getParent().equals(SAMPLES)
                || file.getParent().endsWith("malformed")) {
            return Stream.empty();
        }
        return Stream.of(new Log(file, name.group(2) == null ? "" : name.group(2) + "-"));
    }

    private static void analyze(Log log, Path database, String... more) {
        List<String> words = new ArrayList<>(List.of("analyze", log.file().toString(), "-o", database.toString()));
        Path symbols = log.file().resolveSibling("System.map");
        if (Files.exists(symbols)) {
            words.addAll(List.of("--symbols", symbols.toString()));
        }
        words.addAll(List.of(more));
        RunFromRoot run = RunFromRoot.of(words.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        for (ReportName report : FIRST_LOOK) {
            assertThat(run.out()).contains("== " + report.text() + "\n");
        }
    }

    private static String csv(ReportName report, Path database) {
        RunFromRoot run = RunFromRoot.of("report", report.text(), "-i", database.toString(), "--format", "csv");
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }
}
