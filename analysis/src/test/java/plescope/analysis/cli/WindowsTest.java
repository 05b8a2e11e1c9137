package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plescope.analysis.recording.RecordingSource;
import plescope.analysis.recording.Windowing;
import plescope.analysis.store.StoredWindows;
import plescope.analysis.store.TraceDatabase;
import plescope.parser.ReadOptions;
import plescope.replay.policy.Setting;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.whatif.EnsemblePlan;
import plescope.replay.whatif.Measure;
import plescope.replay.whatif.WhatIf;

/** A recording replayed in windows: what it comes to, and that nothing but the windows decides it. */
final class WindowsTest {
    private static final String SCENARIO = """
            scenario "Two at one lock";
            host { pcpus 2; ple vmx; }
            setting "cfs-5.6+p2019";
            vm "guest" {
                vcpus 4;
                lock only queued;
                task "locker" x 4 { repeat { compute user 100us; lock only { compute 40us; } count; } }
            }
            run 400ms; seeds 4;
            """;

    @TempDir
    private Path folder;

    @TempDir
    private static Path recorded;

    @BeforeAll
    static void record() {
        assertThat(plescope("synthesize", "-", "-o", recorded.resolve("t.txt").toString())
                        .code())
                .isZero();
    }

    private static CommandLineRun plescope(String... args) {
        return CommandLineRun.of(CommandLineRun.WIDTH, SCENARIO, args);
    }

    private static String log() {
        return recorded.resolve("t.txt").toString();
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private CommandLineRun replay(String output, String... more) {
        CommandLineRun run = plescope(Stream.concat(
                        Stream.of(
                                "replay",
                                log(),
                                "-o",
                                file(output),
                                "--setting",
                                "cfs-5.6+no-ple",
                                "--members",
                                "1",
                                "--format",
                                "csv"),
                        Stream.of(more))
                .toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    /** Two VMs of four vCPUs for two seconds: without PLE exits they get a fourteenth of their work done, however it is cut. */
    @Test
    void windowsPredictWhatTheWholePredicts() {
        List<Double> whole = ratiosOfTheSample();
        List<Double> windows = ratiosOfTheSample("--window", "500ms");
        assertThat(whole).hasSize(2).allSatisfy(ratio -> assertThat(ratio).isBetween(0.06, 0.08));
        assertThat(windows).hasSize(2).allSatisfy(ratio -> assertThat(ratio).isBetween(0.055, 0.09));
    }

    private List<Double> ratiosOfTheSample(String... more) {
        Path sample =
                Path.of(System.getProperty("plescope.root", ".")).resolve("samples/linux-guests-pooled/trace.txt.zst");
        CommandLineRun run = plescope(Stream.concat(
                        Stream.of(
                                "replay",
                                sample.toString(),
                                "-o",
                                file("sample.duckdb"),
                                "--setting",
                                "eevdf-6.12.y+no-ple",
                                "--members",
                                "1",
                                "--seeds",
                                "1",
                                "--format",
                                "csv"),
                        Stream.of(more))
                .toArray(String[]::new));
        assertThat(run.err().contains("replayed in 4 windows of about 501 ms")).isEqualTo(more.length > 0);
        return run.out()
                .lines()
                .filter(line -> line.startsWith("eevdf-6.12.y+no-ple,"))
                .map(line -> Double.parseDouble(line.split(",", -1)[2]))
                .toList();
    }

    @Test
    void oneWindowIsTheWholeAndAJobMoreOrLessChangesNothing() {
        assertThat(replay("one.duckdb", "--window", "10s").out())
                .isEqualTo(replay("whole.duckdb").out());
        assertThat(replay("j1.duckdb", "--window", "130ms", "-j", "1").out())
                .isEqualTo(replay("j3.duckdb", "--window", "130ms", "-j", "3").out());
    }

    /** A database has the same rows as its log, and is cut the same way. */
    @Test
    void databasesAreReplayedInTheSameWindows() {
        List<String> fromLog =
                replay("log.duckdb", "--window", "100ms").out().lines().toList();
        CommandLineRun again = plescope(
                "replay",
                file("log.duckdb"),
                "-o",
                file("again.duckdb"),
                "--setting",
                "cfs-5.6+no-ple",
                "--members",
                "1",
                "--format",
                "csv",
                "--window",
                "100ms");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out().lines()).isEqualTo(fromLog);
    }

    @Test
    void windowsThatAreMostlyWarmUpAreRefused() {
        assertThat(plescope("replay", log(), "--window", "2ms"))
                .satisfies(run -> assertThat(run.code()).isEqualTo(2))
                .satisfies(run -> assertThat(run.err()).contains("--window must be at least 10ms"));
        assertThat(plescope("replay", log(), "--window", "long").code()).isEqualTo(2);
    }

    private String sweep(String output, String... more) throws IOException {
        CommandLineRun run = plescope(Stream.concat(
                        Stream.of(
                                "sweep",
                                log(),
                                "--grid",
                                "setting=cfs-5.6+no-ple",
                                "--members",
                                "2",
                                "--seeds",
                                "1",
                                "-o",
                                file(output)),
                        Stream.of(more))
                .toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err().contains("in 4 windows of about 99 ms"))
                .isEqualTo(List.of(more).contains("100ms"));
        return Files.readString(folder.resolve(output));
    }

    @Test
    void aSweepInOneWindowIsThatOfTheWholeAndAJobMoreOrLessChangesNothing() throws IOException {
        String whole = sweep("whole.csv");
        assertThat(sweep("one.csv", "--window", "10s")).isEqualTo(whole);
        String windows = sweep("j1.csv", "--window", "100ms", "-j", "1");
        assertThat(windows).isNotEqualTo(whole);
        assertThat(sweep("j3.csv", "--window", "100ms", "-j", "3")).isEqualTo(windows);
    }

    /** Its database has the same rows; of a log that is to be cut, one is made for the time. */
    @Test
    void aSweepOfADatabaseIsThatOfItsLog() throws IOException {
        assertThat(plescope("read", log(), "-o", file("t.duckdb")).code()).isZero();
        String fromLog = sweep("log.csv", "--window", "100ms", "--recorded", "cfs-5.6+p2019");
        CommandLineRun run = plescope(
                "sweep",
                file("t.duckdb"),
                "--grid",
                "setting=cfs-5.6+no-ple",
                "--members",
                "2",
                "--seeds",
                "1",
                "--window",
                "100ms",
                "--recorded",
                "cfs-5.6+p2019",
                "-o",
                file("database.csv"));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(folder.resolve("database.csv")).hasContent(fromLog);
    }

    /** One member, one seed: the cell is that very replay, which `replay` makes, too. */
    @Test
    void sweepAndReplayPoolWindowsAlike() throws Exception {
        replay("r.duckdb", "--window", "100ms", "--seeds", "1");
        CommandLineRun run = plescope(
                "sweep",
                log(),
                "--grid",
                "setting=cfs-5.6+no-ple",
                "--members",
                "1",
                "--seeds",
                "1",
                "--window",
                "100ms",
                "-o",
                file("s.duckdb"));
        assertThat(run.code()).as(run.err()).isZero();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("ATTACH '" + file("r.duckdb") + "' AS r (READ_ONLY)");
            statement.execute("ATTACH '" + file("s.duckdb") + "' AS s (READ_ONLY)");
            try (ResultSet row = statement.executeQuery(
                    "SELECT count(*), max(abs(p.predicted - c.value) / (abs(c.value) + 1e-9))"
                            + " FROM r.prediction p JOIN r.run ON run.run = p.run JOIN s.sweep_cell c"
                            + " ON c.what_if = run.setting AND c.measure = p.measure AND c.vm = 'all' WHERE p.vm IS NULL AND p.predicted IS NOT NULL")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getLong(1)).isGreaterThan(20);
                assertThat(row.getDouble(2)).isLessThan(1e-6);
            }
        }
    }

    @Test
    void aSweepInWindowsGoesOnWithTheSameWindowsAlone() throws IOException {
        String whole = sweep("whole.csv", "--window", "100ms");
        Path journal = folder.resolve("whole.csv.replays.csv");
        List<String> lines = Files.readAllLines(journal);
        // Four lines of head, and two of four replays of two lines each: the third is torn.
        Files.writeString(folder.resolve("torn.csv.replays.csv"), String.join("\n", lines.subList(0, 8)) + "\ncfs-5.6");
        assertThat(sweep("torn.csv", "--window", "100ms")).isEqualTo(whole);
        // Replays stand in the order in which they were done.
        assertThat(Files.readAllLines(folder.resolve("torn.csv.replays.csv")))
                .containsExactlyInAnyOrderElementsOf(lines);
        CommandLineRun other = plescope(
                "sweep",
                log(),
                "--grid",
                "setting=cfs-5.6+no-ple",
                "--members",
                "2",
                "--seeds",
                "1",
                "--window",
                "200ms",
                "-o",
                file("whole.csv"));
        assertThat(other.code()).isEqualTo(3);
        assertThat(other.err()).contains("4 windows of 100000000 ns", "2 windows of 200000000 ns");
    }

    @Test
    void aSearchInWindowsDoesNotHangOnTheJobs() {
        String[] words = {
            "tune",
            log(),
            "--setting",
            "ple_window=2048..8192*2",
            "--members",
            "1",
            "--seeds",
            "1",
            "--cells",
            "24",
            "--window",
            "200ms",
            "--format",
            "csv"
        };
        CommandLineRun two = plescope(words);
        assertThat(two.code()).as(two.err()).isZero();
        assertThat(two.err())
                .contains("in 2 windows of about 199 ms")
                .containsPattern("[1-9]\\d* waits and IPIs reach over their edges");
        assertThat(plescope(
                        Stream.concat(Stream.of(words), Stream.of("-j", "1")).toArray(String[]::new)))
                .isEqualTo(two);
    }

    @Test
    void aWorkloadHasNoWindows() {
        assertThat(plescope("extract", log(), "-o", file("t.work")).code()).isZero();
        for (String command : List.of("replay", "sweep")) {
            CommandLineRun run = plescope(Stream.concat(
                            Stream.of(command, file("t.work"), "--window", "100ms", "-o", file("w.duckdb")),
                            command.equals("sweep") ? Stream.of("--grid", "ple_window=1024") : Stream.of())
                    .toArray(String[]::new));
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("replay it without --window");
        }
    }

    private static Pipeline pipeline() {
        return new Pipeline(InputStream.nullInputStream(), ReadOptions.LENIENT, ThreadMap.EMPTY, GuestSymbols.NONE);
    }

    private ReplayPlan plan(long mostRows) {
        return new ReplayPlan(
                true,
                Setting.parse("cfs-5.6+p2019"),
                List.of(WhatIf.parse("cfs-5.6+no-ple")),
                new EnsemblePlan(1, 1, 1),
                2,
                new Windowing(0, mostRows));
    }

    /** Throughput of the host: recorded, replayed, and without PLE exits. */
    private double[] throughput(String database) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file(database));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT recorded, identity, predicted FROM prediction JOIN run USING (run)"
                                + " WHERE vm IS NULL AND measure = 'throughput' AND setting = 'cfs-5.6+no-ple'")) {
            assertThat(row.next()).isTrue();
            return new double[] {row.getDouble(1), row.getDouble(2), row.getDouble(3)};
        }
    }

    private static long windows(Path database) {
        try (TraceDatabase open = TraceDatabase.open(database)) {
            return StoredWindows.of(open).map(StoredWindows::count).orElse(0L);
        }
    }

    /**
     * Three quarters of the rows fit: the log, and the database made of it, are replayed in windows unasked, and come to about the
     * same.
     */
    @Test
    void whatDoesNotFitIsReplayedInWindowsUnasked() throws Exception {
        pipeline().run(List.of(log()), folder.resolve("whole.duckdb"), plan(Long.MAX_VALUE));
        assertThat(windows(folder.resolve("whole.duckdb"))).isZero();
        double[] whole = throughput("whole.duckdb");
        long rows = rows("whole.duckdb");
        pipeline().run(List.of(log()), folder.resolve("cut.duckdb"), plan(rows / 4 * 3));
        // Windows take half of what fits: 400 ms / (0.75 * 400 ms / 2) = 2.7.
        assertThat(windows(folder.resolve("cut.duckdb"))).isBetween(2L, 4L);
        double[] cut = throughput("cut.duckdb");
        for (int i = 0; i < whole.length; i++) {
            assertThat(cut[i]).isCloseTo(whole[i], withinPercentage(20));
        }
        pipeline().replay(List.of(file("cut.duckdb")), folder.resolve("again.duckdb"), plan(rows / 4 * 3));
        assertThat(windows(folder.resolve("again.duckdb"))).isBetween(2L, 4L);
        assertThat(throughput("again.duckdb")[0]).isCloseTo(whole[0], withinPercentage(20));
    }

    /** Rows that are kept in memory: intervals, exits, episodes, IPIs and wake-ups. */
    private long rows(String database) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file(database));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT (SELECT count(*) FROM vcpu_interval WHERE run = 0)"
                                + " + (SELECT count(*) FROM vm_exit WHERE run = 0) + (SELECT count(*) FROM spin_episode WHERE run = 0)"
                                + " + (SELECT count(*) FROM ipi WHERE run = 0) + (SELECT count(*) FROM wakeup WHERE run = 0)")) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    @Test
    void whatDoesNotFitIsSweptInWindowsUnasked() throws Exception {
        pipeline().run(List.of(log()), folder.resolve("whole.duckdb"), plan(Long.MAX_VALUE));
        long rows = rows("whole.duckdb");
        Setting setting = Setting.parse("cfs-5.6+p2019");
        try (RecordingSource whole =
                        pipeline().source(recorded.resolve("t.txt"), setting, new Windowing(0, Long.MAX_VALUE));
                RecordingSource log =
                        pipeline().source(recorded.resolve("t.txt"), setting, new Windowing(0, rows / 4 * 3));
                RecordingSource database =
                        pipeline().source(folder.resolve("whole.duckdb"), setting, new Windowing(0, rows / 4 * 3))) {
            assertThat(whole.count()).isEqualTo(1);
            assertThat(log.count()).isBetween(2, 4);
            assertThat(database.count()).isBetween(2, 4);
            assertThat(log.recording().measured().host().get(Measure.THROUGHPUT))
                    .isCloseTo(whole.recording().measured().host().get(Measure.THROUGHPUT), withinPercentage(10));
        }
    }
}
