package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @BeforeEach
    void record() {
        assertThat(plescope("synthesize", "-", "-o", file("t.txt")).code()).isZero();
    }

    private CommandLineRun plescope(String... args) {
        return CommandLineRun.of(CommandLineRun.WIDTH, SCENARIO, args);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private CommandLineRun replay(String output, String... more) {
        CommandLineRun run = plescope(Stream.concat(
                        Stream.of(
                                "replay",
                                file("t.txt"),
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
        assertThat(plescope("replay", file("t.txt"), "--window", "2ms"))
                .satisfies(run -> assertThat(run.code()).isEqualTo(2))
                .satisfies(run -> assertThat(run.err()).contains("--window must be at least 10ms"));
        assertThat(plescope("replay", file("t.txt"), "--window", "long").code()).isEqualTo(2);
    }
}
