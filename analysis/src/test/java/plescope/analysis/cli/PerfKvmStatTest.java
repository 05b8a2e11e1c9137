package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plescope.analysis.report.Report;
import plescope.analysis.report.ReportName;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.report.RowFilter;
import plescope.analysis.report.RowOrder;
import plescope.analysis.store.TraceDatabase;
import plescope.parser.ReadOptions;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.timeline.ThreadMap;

/** The exits report against perf's own report of the same recording. */
final class PerfKvmStatTest {
    /** A text log has microseconds and the order of the text, where perf reads nanoseconds. Seen: at most 2 in 31,000 samples. */
    private static final Percentage SAMPLES = Percentage.withPercentage(0.05);

    private static final int MIN_TIME = 4;

    @TempDir
    private static Path folder;

    private static Path nanoseconds;

    @BeforeAll
    static void readNanoseconds() throws IOException {
        nanoseconds = read(resources().resolve("perf-script-ns.txt.zst"));
    }

    /** {@code perf kvm stat report} and {@code perf script --ns} of one perf.data. */
    @Test
    void everyPrintedDigitOfNanosecondLogsIsPerfs() throws IOException {
        assertThat(ours(nanoseconds, RowFilter.NONE, RowOrder.NONE)).isEqualTo(perfs("report.txt"));
    }

    @Test
    void sortedByTimeAsWell() throws IOException {
        RowOrder time = new RowOrder(List.of(new RowOrder.Key("Time%", true)));
        assertThat(ours(nanoseconds, RowFilter.NONE, time)).isEqualTo(perfs("report-k-time.txt"));
    }

    /** perf 6.1 begins the minimum of one vCPU at 0, so that it prints 0.00us for every reason; all else is equal. */
    @Test
    void oneVcpuAsWellSaveForTheMinimumThatPerfLoses() throws IOException {
        RowFilter vcpu1 = new RowFilter(
                RowFilter.NONE.fromNs(), RowFilter.NONE.toNs(), List.of(), List.of("1"), List.of(), List.of());
        List<List<String>> perf = perfs("report-vcpu1.txt");
        assertThat(perf).allSatisfy(row -> assertThat(row.get(MIN_TIME)).isEqualTo("0.00us"));
        List<List<String>> ours = ours(nanoseconds, vcpu1, RowOrder.NONE);
        assertThat(ours).allSatisfy(row -> assertThat(row.get(MIN_TIME)).isNotEqualTo("0.00us"));
        ours.forEach(row -> row.set(MIN_TIME, "0.00us"));
        assertThat(ours).isEqualTo(perf);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "61-ticket-ple-pooled-perf",
                "61-linux-boot-perf",
                "612-linux-mix-ple-pooled-perf",
                "61-idle-ple-pooled-perf",
                "61-tas-nople-pooled-perf",
                "612-linux-sleepburn-pv-perf"
            })
    void microsecondLogsAgreeWithinTheirResolution(String recording) throws IOException {
        Path trace = traces().resolve("kvm").resolve(recording);
        Assumptions.assumeTrue(Files.isDirectory(trace), "no real traces here; set -Dplescope.traces=FOLDER");
        Map<String, List<String>> ours = new HashMap<>();
        for (List<String> row : ours(read(trace.resolve("perf-script.txt.zst")), RowFilter.NONE, RowOrder.NONE)) {
            ours.put(row.get(0), row);
        }
        List<List<String>> perf = rows(trace.resolve("perf-kvm-stat-report.txt"));
        assertThat(perf).hasSizeGreaterThanOrEqualTo(3);
        for (List<String> theirs : perf) {
            List<String> row = ours.remove(theirs.get(0));
            assertThat(row).as(theirs.get(0)).isNotNull();
            double samples = number(theirs.get(1));
            assertThat(number(row.get(1))).as("%s", theirs).isCloseTo(samples, SAMPLES);
            assertThat(number(row.get(3))).as("%s", theirs).isCloseTo(number(theirs.get(3)), Offset.offset(0.05));
            // 1 us of resolution at either end of a span
            assertThat(number(row.get(MIN_TIME))).as("%s", theirs).isCloseTo(number(theirs.get(4)), Offset.offset(1.0));
            assertThat(number(row.get(5))).as("%s", theirs).isCloseTo(number(theirs.get(5)), Offset.offset(1.0));
            if (samples > 100) {
                assertThat(number(row.get(6))).as("%s", theirs).isCloseTo(number(theirs.get(6)), Offset.offset(0.15));
            }
        }
        assertThat(ours).as("reasons perf does not have").isEmpty();
    }

    private static Path read(Path log) throws IOException {
        Path file = folder.resolve(log.getParent().getFileName() + ".duckdb");
        new Pipeline(InputStream.nullInputStream(), ReadOptions.LENIENT, ThreadMap.EMPTY, GuestSymbols.NONE)
                .run(List.of(log.toString()), file, ReplayPlan.NONE);
        return file;
    }

    /** The report as perf prints it. */
    private static List<List<String>> ours(Path file, RowFilter filter, RowOrder order) {
        List<List<String>> rows = new ArrayList<>();
        try (TraceDatabase database = TraceDatabase.open(file)) {
            String query = Report.read(ReportName.EXITS).sql(Map.of(), filter, order);
            for (List<Object> row : new ReportRunner(database).sql(query).rows()) {
                List<String> cells = new ArrayList<>();
                for (int i = 0; i < row.size(); i++) {
                    String unit =
                            List.of("", "", "%", "%", "us", "us", "us", "").get(i);
                    cells.add(
                            row.get(i) instanceof Double number
                                    ? String.format(Locale.ROOT, "%.2f%s", number, unit)
                                    : row.get(i).toString());
                }
                rows.add(cells);
            }
        }
        return rows;
    }

    private static List<List<String>> perfs(String file) throws IOException {
        return rows(resources().resolve(file));
    }

    /** {@code pause  21793  65.37%  75.49%  1.47us  11956.63us  426.01us ( +-   0.90% )}. */
    private static List<List<String>> rows(Path report) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(report)) {
            String[] words = line.replaceAll("\\( \\+-\\s*", " ")
                    .replace("% )", "")
                    .strip()
                    .split("\\s{2,}", -1);
            if (words.length == 8 && words[MIN_TIME].endsWith("us")) {
                rows.add(List.of(words));
            }
        }
        return rows;
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace("%", "").replace("us", ""));
    }

    private static Path resources() {
        return Path.of(System.getProperty("plescope.root", ".."), "analysis/src/test/resources/perf-kvm-stat");
    }

    private static Path traces() {
        String given = System.getProperty("plescope.traces");
        return given != null
                ? Path.of(given)
                : Path.of(System.getProperty("plescope.root", ".")).resolve("../shared/traces");
    }
}
