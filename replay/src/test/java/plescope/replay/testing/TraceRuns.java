package plescope.replay.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Finds the recorded runs with ground truth; tests that need them are skipped where they are not there. */
public final class TraceRuns {
    private static final List<String> LOGS = List.of(
            "perf-script.txt.zst",
            "ftrace-trace.txt.zst",
            "trace-cmd-report-noplugins.txt.zst",
            "trace-cmd-report.txt.zst");

    private TraceRuns() {}

    /** The folder that holds one folder per run, and {@code symbols}. */
    public static Path folder() {
        String told = System.getProperty("plescope.traces");
        Path traces = told != null
                ? Path.of(told)
                : Path.of(System.getProperty("plescope.root", ".")).resolve("../shared/traces");
        Path runs = traces.resolve("kvm");
        Assumptions.assumeTrue(
                Files.isDirectory(runs), () -> "no recorded runs in " + runs + "; set -Dplescope.traces=FOLDER");
        return runs;
    }

    /** All runs that were traced and have a thread map to compare with. */
    public static List<Path> traced() throws IOException {
        try (Stream<Path> entries = Files.list(folder())) {
            return entries.filter(run -> Files.exists(run.resolve("tidmap.json")))
                    .filter(run -> LOGS.stream().anyMatch(log -> Files.exists(run.resolve(log))))
                    .sorted()
                    .toList();
        }
    }

    /** The text log of a run. */
    public static Path log(Path run) {
        return LOGS.stream()
                .map(run::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no log in " + run));
    }
}
