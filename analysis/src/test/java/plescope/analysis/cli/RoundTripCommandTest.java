package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command that replays takes a log, the database made of it, and the workload extracted from that, and answers alike. */
final class RoundTripCommandTest {
    private static final Path SAMPLES = Path.of(System.getProperty("plescope.root", "."), "samples");
    private static final String LOG =
            SAMPLES.resolve("ticket-lock-ftrace/trace.txt.zst").toString();

    @TempDir
    private static Path folder;

    private static CommandLineRun plescope(String... words) {
        return CommandLineRun.of(Terminal.UNLIMITED_WIDTH, "", words);
    }

    private static String done(String... words) {
        CommandLineRun outcome = plescope(words);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome.out();
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }

    @BeforeAll
    static void copies() {
        done("read", LOG, "-o", file("t.duckdb"));
        done("extract", file("t.duckdb"), "-o", file("t.plescope.zst"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"t.duckdb", "t.plescope.zst"})
    void sweepsAnswerAlike(String copy) throws Exception {
        String[] words = {"sweep", LOG, "--grid", "ple_window=1024", "--members", "1", "--seeds", "1", "-o", ""};
        words[9] = file(copy + ".log.csv");
        String fromLog = done(words);
        words[1] = file(copy);
        words[9] = file(copy + ".copy.csv");
        assertThat(done(words)).isEqualTo(fromLog);
        assertThat(Path.of(words[9])).hasSameTextualContentAs(folder.resolve(copy + ".log.csv"));
    }

    @Test
    void searchesAnswerAlike() {
        String[] words = {
            "tune", LOG, "--setting", "ple_window=2048..8192*2", "--members", "1", "--cells", "36", "--format", "csv"
        };
        String fromLog = done(words);
        words[1] = file("t.duckdb");
        assertThat(done(words)).isEqualTo(fromLog).contains("ple_window=");
        words[1] = file("t.plescope.zst");
        // A search is held against another member; a workload file has only one, so only the search itself is the same.
        assertThat(searched(done(words))).isEqualTo(searched(fromLog)).hasSize(4);
    }

    private static List<String> searched(String csv) {
        return csv.lines().map(row -> row.substring(0, row.indexOf(','))).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"t.duckdb", "t.plescope.zst"})
    void validationsAnswerAlike(String copy) {
        String[] words = {
            "validate",
            LOG,
            "--predict",
            "ple_window=1024",
            "--measured",
            file(copy),
            "--seeds",
            "2",
            "--members",
            "1",
            "--ops",
            "vm0=100:150",
            "--ops",
            "vm1=100:150",
            "--format",
            "csv"
        };
        // The operations are made up, so that the claim may be wrong: the same from each.
        CommandLineRun fromLog = plescope(words);
        words[1] = file(copy);
        words[5] = LOG;
        CommandLineRun fromCopy = plescope(words);
        assertThat(fromCopy.code()).as(fromCopy.err()).isEqualTo(fromLog.code()).isLessThanOrEqualTo(1);
        assertThat(rows(fromCopy.out())).isEqualTo(rows(fromLog.out())).contains("ple_window=1024");
        String identity = done("validate", "--identity", LOG, "--members", "1", "--seeds", "1", "--format", "csv");
        assertThat(rows(done(
                        "validate", "--identity", file(copy), "--members", "1", "--seeds", "1", "--format", "csv")))
                .isEqualTo(rows(identity))
                .contains("vm1,");
    }

    /** Without the names of the recordings. */
    private static String rows(String csv) {
        return csv.replaceAll("[^,\n]*(/|ticket-lock-ftrace|t\\.duckdb|t\\.plescope\\.zst)[^,\n]*,", "");
    }

    @Test
    void aReplayDatabaseSaysAllThatItsOriginalSays() {
        done("read", SAMPLES.resolve("linux-guests-trace-cmd/trace.txt.gz").toString(), "-o", file("linux.duckdb"));
        String[] words = {
            "replay", file("linux.duckdb"), "--setting", "cfs-6.1+no-ple", "--members", "1", "--seeds", "1", "-o", ""
        };
        words[9] = file("replayed.duckdb");
        done(words);
        // What is a replay's again.
        words[1] = file("replayed.duckdb");
        words[9] = file("again.duckdb");
        done(words);
        for (String rows : List.of(
                "trace",
                "trace_header",
                "tracepoint",
                "diagnostic",
                "symbol",
                "vm",
                "vcpu",
                "thread",
                "pcpu",
                // The reason says how far single costs spread, which only a log shows.
                "(SELECT * EXCLUDE (reason) FROM host_fact)",
                "host_model",
                "run WHERE run = 0",
                "run_metric WHERE run = 0 ORDER BY ALL")) {
            String original = done("sql", file("linux.duckdb"), "FROM " + rows, "--format", "csv");
            for (String copy : List.of("replayed.duckdb", "again.duckdb")) {
                assertThat(done("sql", file(copy), "FROM " + rows, "--format", "csv"))
                        .as(rows + " in " + copy)
                        .isEqualTo(original);
            }
        }
        assertThat(done("sql", file("again.duckdb"), "SELECT count(*) FROM trace", "--format", "csv"))
                .contains("1");
        for (String report : List.of("summary", "exits", "root-causes", "continuation", "wake-ups", "vcpus")) {
            String original = done("report", report, "-i", file("linux.duckdb"), "--format", "csv");
            assertThat(recorded(done("report", report, "-i", file("again.duckdb"), "--format", "csv")))
                    .as(report)
                    .isEqualTo(recorded(original));
        }
    }

    /** Replays add facts and rows of their own. */
    private static List<String> recorded(String csv) {
        return csv.lines().filter(line -> !line.contains("replay")).toList();
    }

    @Test
    void aDatabaseWithPleShowsWhereGuestsSpinWithoutIt() {
        String scenario = SAMPLES.resolve("scenarios/convoy.scenario").toString();
        done("synthesize", scenario, "--setting", "cfs-6.1+p2019", "--span", "100ms", "-o", file("ple.txt"));
        done("synthesize", scenario, "--setting", "cfs-6.1+no-ple", "--span", "100ms", "-o", file("silent.txt"));
        done("read", file("ple.txt"), "-o", file("ple.duckdb"));
        String told = reason(done("extract", file("silent.txt"), "--spin-code", file("ple.duckdb"), "-o", "-"));
        assertThat(told)
                .contains("samples of host interrupts")
                .isNotEqualTo(reason(done("extract", file("silent.txt"), "-o", "-")));
        done(
                "replay",
                file("silent.txt"),
                "--spin-code",
                file("ple.duckdb"),
                "--setting",
                "cfs-6.1+p2019",
                "--members",
                "1",
                "--seeds",
                "1",
                "-o",
                file("silent.duckdb"));
        // What was named stays with the database.
        assertThat(reason(done("extract", file("silent.duckdb"), "-o", "-"))).isEqualTo(told);
        CommandLineRun none = plescope("extract", file("ple.txt"), "--spin-code", file("silent.duckdb"), "-o", "-");
        assertThat(none.code()).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(none.err()).contains("no PLE exits that would show where guests spin");
    }

    private static String reason(String work) {
        return work.lines()
                .filter(line -> line.startsWith("spin_reason "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPartOfOneVmOfADatabaseIsExtractedWithoutNames() {
        String[] words = {
            "extract", file("t.duckdb"), "--time", "50%/2", "--vm", "vm1", "--anonymise", "-o", file("part.plescope")
        };
        CommandLineRun part = plescope(words);
        assertThat(part.code()).as(part.err()).isZero();
        assertThat(part.err()).contains("steps of 1 VMs, 95 ms", "what the recording measured is left out");
        words[1] = LOG;
        words[8] = file("part-of-log.plescope");
        done(words);
        assertThat(folder.resolve("part.plescope"))
                .hasSameTextualContentAs(folder.resolve("part-of-log.plescope"))
                .content()
                .contains("\nsource anonymous\n", "\nvm vm0 ", "\nwork vm0/vcpu0\n")
                .doesNotContain("vm1", "trace.txt", "duckdb", "measured ");
        CommandLineRun beyond = plescope("extract", file("t.duckdb"), "--time", "5s,6s", "-o", "-");
        assertThat(beyond.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(beyond.err()).contains("nothing of the recording");
        CommandLineRun cut = plescope("extract", file("t.plescope.zst"), "--time", "50%/2", "-o", "-");
        assertThat(cut.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(cut.err()).contains("cut the trace it is from");
        assertThat(plescope("extract", file("t.duckdb"), "--vm", "vm7", "-o", "-")
                        .err())
                .contains("vm7");
    }

    /** 40 MiB: half of it for rows of 400 bytes, which are 52,429; the sample has more. */
    @Test
    void tooLittleMemoryIsSaidAndNothingWritten() throws Exception {
        Path output = folder.resolve("large.plescope");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx40m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "extract",
                        SAMPLES.resolve("linux-guests-pooled/trace.txt.zst").toString(),
                        "-o",
                        output.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(said)
                .contains(
                        "the recording is too long for the memory there is",
                        "52429 rows",
                        "plescope extract TRACE --time 0ms,");
        assertThat(Files.exists(output)).isFalse();
    }
}
