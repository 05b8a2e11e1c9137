package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plescope.analysis.report.ReportName;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.store.TraceDatabase;
import plescope.parser.ReadOptions;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.timeline.ThreadMap;

/** The exits report against perf's own report of the same recording. */
final class PerfKvmStatTest {
    /** The text log has microseconds and the order of the text; perf reads nanoseconds. Seen: at most 2 in 31,000 samples. */
    private static final Percentage SAMPLES = Percentage.withPercentage(0.05);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"61-ticket-ple-pooled-perf", "61-linux-boot-perf", "612-linux-mix-ple-pooled-perf"})
    void samplesAndTimesAgreeWithPerf(String recording) throws IOException {
        Path trace = traces().resolve("kvm").resolve(recording);
        Assumptions.assumeTrue(Files.isDirectory(trace), "no real traces here; set -Dplescope.traces=FOLDER");
        Path file = folder.resolve("t.duckdb");
        new Pipeline(InputStream.nullInputStream(), ReadOptions.LENIENT, ThreadMap.EMPTY, GuestSymbols.NONE)
                .run(List.of(trace.resolve("perf-script.txt.zst").toString()), file, ReplayPlan.NONE);
        Map<String, List<Object>> ours = new HashMap<>();
        try (TraceDatabase database = TraceDatabase.open(file)) {
            for (List<Object> row :
                    new ReportRunner(database).run(ReportName.EXITS, Map.of()).rows()) {
                ours.put((String) row.get(0), row);
            }
        }
        int compared = 0;
        for (String line : Files.readAllLines(trace.resolve("perf-kvm-stat-report.txt"))) {
            // reason, samples, samples%, time%, min, max, average: "pause  21793  65.37%  75.49%  1.47us  11956.63us
            // 426.01us ( ..."
            String[] words = line.strip().split("\\s{2,}", -1);
            if (words.length < 7 || !words[4].endsWith("us")) {
                continue;
            }
            List<Object> row = ours.remove(words[0]);
            assertThat(row).as(line).isNotNull();
            long samples = Long.parseLong(words[1]);
            assertThat((Long) row.get(1)).as(line).isCloseTo(samples, SAMPLES);
            assertThat((Double) row.get(3)).as(line).isCloseTo(number(words[3]), Offset.offset(0.05));
            if (samples > 100) {
                double mean = number(words[6].substring(0, words[6].indexOf("us")));
                assertThat((Double) row.get(6)).as(line).isCloseTo(mean, Offset.offset(0.15));
            }
            compared++;
        }
        assertThat(compared).isGreaterThanOrEqualTo(3);
        assertThat(ours).as("reasons perf does not have").isEmpty();
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace("%", ""));
    }

    private static Path traces() {
        String given = System.getProperty("plescope.traces");
        return given != null
                ? Path.of(given)
                : Path.of(System.getProperty("plescope.root", ".")).resolve("../shared/traces");
    }
}
