package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sweep} and {@code tune} on a recording of two real VMs that fight for ticket locks. */
final class SweepCommandTest {
    private static final String TRACE = Path.of(
                    System.getProperty("plescope.root"), "samples", "ticket-lock-ftrace", "trace.txt.zst")
            .toString();

    private static final Pattern KEPT = Pattern.compile("(\\d+) replays are in");

    @TempDir
    private Path folder;

    private static CommandLineRun plescope(String... words) {
        return CommandLineRun.of(Terminal.UNLIMITED_WIDTH, "", words);
    }

    private List<String> sweep(String output, String grid, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "sweep",
                TRACE,
                "--grid",
                grid,
                "--seeds",
                "2",
                "--members",
                "1",
                "-o",
                file(output).toString()));
        words.addAll(List.of(more));
        return words;
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private CommandLineRun run(List<String> words) {
        return plescope(words.toArray(String[]::new));
    }

    @Test
    void killedInTheMiddleItGoesOnAndGivesTheSameAnswer() throws Exception {
        String grid = "setting=+debooster{gran=1ms..20ms/20}";
        assertThat(run(sweep("whole.csv", grid, "-j", "2")).code()).isZero();

        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(sweep("killed.csv", grid, "-j", "1"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Path journal = file("killed.csv.replays.csv");
        // Head 4 lines, 3 per replay: wait for about 6 of 42.
        while (process.isAlive()
                && (!Files.exists(journal) || Files.readAllLines(journal).size() < 22)) {
            Thread.sleep(5);
        }
        process.destroyForcibly().waitFor();
        assertThat(process.exitValue()).as("killed").isEqualTo(137);
        assertThat(file("killed.csv")).doesNotExist();

        CommandLineRun resumed = run(sweep("killed.csv", grid, "-j", "2"));
        assertThat(resumed.code()).isZero();
        Matcher kept = KEPT.matcher(resumed.err());
        assertThat(kept.find()).isTrue();
        assertThat(Integer.parseInt(kept.group(1))).isBetween(5, 41);
        assertThat(file("killed.csv")).hasSameTextualContentAs(file("whole.csv"));
    }

    @Test
    void aGridThatGrowsKeepsWhatIsDoneAndAnotherReadingDoesNot() throws Exception {
        assertThat(run(sweep("s.csv", "ple_window=1024,4096")).err()).contains("3 what-ifs, 2 replays each; 0 replays");
        assertThat(run(sweep("s.csv", "ple_window=1024,4096,8192")).err())
                .contains("4 what-ifs, 2 replays each; 6 replays");
        CommandLineRun other = run(sweep("s.csv", "ple_window=1024", "--recorded", "cfs-6.1+p2019"));
        assertThat(other.code()).isEqualTo(3);
        assertThat(other.err()).contains("cannot be continued", "# recording: ");
    }

    @Test
    void aDatabaseHoldsCellsAndReplays() throws Exception {
        assertThat(run(sweep("s.duckdb", "setting=+debooster{gran=1ms},cfs-6.1+p2019"))
                        .code())
                .isZero();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file("s.duckdb"));
                Statement statement = connection.createStatement()) {
            // two what-ifs and the identity, host and two VMs
            assertThat(first(statement, "SELECT count(*) FROM sweep_cell WHERE measure = 'throughput'"))
                    .isEqualTo("9");
            assertThat(first(statement, "SELECT count(*) FROM sweep_replay WHERE measure = 'throughput'"))
                    .isEqualTo("18");
            assertThat(
                            first(
                                    statement,
                                    "SELECT round(max(abs(c.value - r.mean) / (abs(r.mean) + 1)), 6) FROM sweep_cell c JOIN (SELECT what_if, vm,"
                                            + " measure, avg(value) AS mean FROM sweep_replay GROUP BY ALL) r USING (what_if, vm, measure)"))
                    .isEqualTo("0.0");
            assertThat(first(
                            statement,
                            "SELECT count(*) FROM duckdb_columns() WHERE table_name LIKE 'sweep%' AND comment IS NULL"))
                    .isEqualTo("0");
        }
    }

    private static String first(Statement statement, String query) throws Exception {
        try (ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Test
    void gatesSayWhatTheyFoundAndFail() {
        CommandLineRun met = run(
                sweep("s.csv", "setting=cfs-6.1+no-ple", "--fail-on", "vm1.throughput<70%", "--fail-on", "fairness<0"));
        assertThat(met.code()).isEqualTo(1);
        assertThat(met.err())
                .containsPattern(
                        "fail-on vm1.throughput<70%: 0\\.\\d+, 0\\.\\d+ in the identity replay with cfs-6.1\\+no-ple")
                .doesNotContain("fairness<0");
        assertThat(run(sweep("s.csv", "setting=cfs-6.1+no-ple", "--fail-on", "vm1.throughput<1%"))
                        .code())
                .isZero();
        CommandLineRun unknown = run(sweep("s.csv", "setting=cfs-6.1", "--fail-on", "p99_lock_wait>1"));
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("nearest is 'p99_lock_wait_us'");
        assertThat(run(sweep("s.csv", "setting=cfs-6.1", "--fail-on", "web.spin>1"))
                        .err())
                .contains("no VM 'web'");
    }

    @Test
    void replayHasTheSameGates() {
        List<String> words = List.of(
                "replay",
                TRACE,
                "--setting",
                "cfs-6.1+no-ple",
                "--members",
                "1",
                "--seeds",
                "1",
                "-o",
                file("r.duckdb").toString());
        List<String> met = new ArrayList<>(words);
        met.addAll(List.of("--fail-on", "vm1.throughput<70%"));
        CommandLineRun found = run(met);
        assertThat(found.code()).as(found.err()).isEqualTo(1);
        assertThat(found.err()).containsPattern("fail-on vm1.throughput<70%: .* with cfs-6.1\\+no-ple");
        List<String> unmet = new ArrayList<>(words);
        unmet.addAll(List.of("--fail-on", "vm1.throughput<1%"));
        assertThat(run(unmet).code()).isZero();
    }

    @Test
    void mistakesInGridsAreSaid() {
        assertThat(plescope("sweep", TRACE).err()).contains("at least one --grid");
        assertThat(run(sweep("s.csv", "ple_windw=1")).err()).contains("unknown change 'ple_windw'", "ple_window");
        assertThat(run(sweep("s.csv", "setting=cfs-6.1+bebooster")).err()).contains("debooster");
        assertThat(run(sweep("s.csv", "gran=1ms..2ms")).err()).contains("must say which values it holds");
        assertThat(plescope("sweep", "-", "--grid", "ple_window=1").err()).contains("a file is needed");
        assertThat(plescope("sweep", "nowhere.txt", "--grid", "ple_window=1").code())
                .isEqualTo(3);
        assertThat(file("s.csv")).doesNotExist();
    }

    @Test
    void tuningThisRecordingFindsNothingAndSaysSo() {
        CommandLineRun tuned =
                plescope("tune", TRACE, "--policy", "debooster", "--members", "1", "--cells", "80", "--format", "csv");
        assertThat(tuned.code()).isZero();
        assertThat(tuned.err())
                .contains(
                        "searching gran", "nothing beats", "+debooster distinguishably", "that the search did not see");
        assertThat(tuned.out().lines()).hasSize(4);
        assertThat(plescope(
                        "tune",
                        TRACE,
                        "--policy",
                        "debooster",
                        "--members",
                        "1",
                        "--cells",
                        "80",
                        "--format",
                        "csv",
                        "-j",
                        "1"))
                .isEqualTo(tuned);
    }

    @Test
    void aTimeBudgetBecomesANumberOfReplays() {
        CommandLineRun tuned = plescope(
                "tune",
                TRACE,
                "--setting",
                "ple_window=2048..8192*2",
                "--members",
                "1",
                "--seeds",
                "2",
                "--budget",
                "1ms0");
        assertThat(tuned.code()).isEqualTo(2);
        assertThat(tuned.err()).contains("--budget must be a time");
        tuned = plescope(
                "tune",
                TRACE,
                "--setting",
                "ple_window=2048..8192*2",
                "--members",
                "1",
                "--seeds",
                "2",
                "--budget",
                "0.001s");
        assertThat(tuned.code()).isZero();
        // (2 + 4) * 2 + (2 + 3) * 2
        assertThat(tuned.err())
                .contains("a search needs 22")
                .contains("stops after 22 replays; --cells 22 repeats this search exactly");
        assertThat(plescope("tune", TRACE, "--policy", "no-ple").err()).contains("no parameters");
        assertThat(plescope("tune", TRACE).err()).contains("one of --policy and --setting");
        assertThat(plescope("tune", TRACE, "--policy", "debooster", "--goal", "speed")
                        .err())
                .contains("unknown measure");
    }

    @Test
    void progressTellsRateAndTimeLeft() {
        assertThat(ReplayProgress.line(0, 96, 0)).isEqualTo("96 replays");
        // 12 in 1.5 s are 8 a second; 84 left take 10.5 s
        assertThat(ReplayProgress.line(12, 96, 1.5)).isEqualTo("12 of 96 replays, 8.0/s, 11 s left");
    }

    /** Braces belong to policies' parameters: with them the template is no what-if, and says so instead of finding nothing. */
    @Test
    void templatesOfWhichNothingMakesSenseAreRefused() {
        CommandLineRun outcome = plescope("tune", TRACE, "--setting", "ple_window={512..16384*2}", "--cells", "80");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("ple_window");
    }
}
