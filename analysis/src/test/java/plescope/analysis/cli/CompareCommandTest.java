package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plescope compare} from logs to tables and exit codes. */
class CompareCommandTest {
    private static final String SCENARIO = """
            scenario "Two VMs, each with a lock"; source "made up for this test";
            param $section = 100us;
            host { pcpus 2; ple vmx; }
            setting "cfs-5.6+p2019";
            vm "left" {
                vcpus 2;
                lock only queued;
                task "locker" x 2 { repeat { compute user exp(300us); lock only { compute exp($section); } count; } }
            }
            vm "right" {
                vcpus 2;
                lock only queued;
                task "locker" x 2 { repeat { compute user exp(300us); lock only { compute exp($section); } count; } }
            }
            run 600ms; seeds 1-9;
            """;

    @TempDir
    static Path folder;

    @BeforeAll
    static void record() throws IOException {
        Files.writeString(folder.resolve("scenario"), SCENARIO);
        log("brief.txt", "--seed", "1");
        log("again.txt", "--seed", "2");
        log("long.txt", "--seed", "3", "--set", "section=300us");
        log("cut.txt", "--seed", "1", "--span", "100ms");
        assertThat(plescope("read", file("brief.txt"), "-o", file("brief.duckdb"))
                        .code())
                .isZero();
    }

    private static void log(String name, String... more) {
        List<String> words = new ArrayList<>(List.of("synthesize", file("scenario"), "-o", file(name)));
        words.addAll(List.of(more));
        CommandLineRun made = plescope(words.toArray(String[]::new));
        assertThat(made.code()).as(made.err()).isZero();
    }

    private static CommandLineRun plescope(String... args) {
        return CommandLineRun.plescope("", args);
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void longerCriticalSectionsShowAsMoreSpinning() {
        CommandLineRun run =
                plescope("compare", file("brief.txt"), file("long.txt"), "--format", "csv", "--fail-on", "spin>+10%");
        assertThat(run.err()).startsWith("fail-on spin>+10%: host.spin is ");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).startsWith("vm,measure,unit,a,b,change,low,high,effect,adjusted_p,verdict,reason");
        assertThat(run.out()).containsPattern("host,spin,%,.*,higher,");
    }

    @Test
    void aTraceHeldAgainstItselfPassesEveryGate() {
        CommandLineRun run = plescope("compare", file("brief.duckdb"), file("brief.txt"), "--fail-on", "any");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("0 higher, 0 lower");
    }

    @Test
    void thePageBeginsWithWhatMakesTheComparisonDoubtful() {
        CommandLineRun run = plescope("compare", file("brief.txt"), file("cut.txt"));
        assertThat(run.code()).isZero();
        assertThat(run.out().lines().skip(3).findFirst().orElseThrow())
                .contains("seconds compared")
                .contains("B is too short: 2 blocks of 50 ms, at least 8 are needed");
        assertThat(run.out()).contains("0 higher, 0 lower");
    }

    @Test
    void repeatsCountAsRecordings() {
        CommandLineRun run = plescope(
                "compare",
                file("brief.txt"),
                file("long.txt"),
                "--repeat-a",
                file("again.txt"),
                "--table",
                "context",
                "--format",
                "csv");
        assertThat(run.out()).contains("recordings,2,1,");
    }

    @Test
    void theQueriesRunAsPrinted() {
        CommandLineRun shown = plescope("compare", file("brief.duckdb"), file("brief.duckdb"), "--show-sql");
        assertThat(shown.out()).contains("-- How often things happen").doesNotContain("$");
        assertThat(plescope("sql", file("brief.duckdb"), shown.out()).code()).isZero();
    }

    @Test
    void schedulesOfOneDatabaseAreComparedByTheirNames() {
        assertThat(plescope("compare", file("brief.duckdb"), "--with", "recorded")
                        .out())
                .contains("0 higher, 0 lower");
        CommandLineRun unknown = plescope("compare", file("brief.duckdb"), "--with", "recordde");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("did you mean 'recorded'?");
    }

    @Test
    void commandLinesThatMakeNoSenseAreRefused() {
        assertThat(plescope("compare", file("brief.txt")).err()).contains("two traces or databases are needed");
        assertThat(plescope("compare", "a", "b", "--match", "x").err()).contains("--match needs VM=VM");
        assertThat(plescope("compare", "a", "b", "--least", "-1").err()).contains("at least 0 and below 100");
        assertThat(plescope("compare", "a", "b", "--fail-on", "spin").code()).isEqualTo(2);
        assertThat(plescope("compare", file("none"), file("brief.txt")).code()).isEqualTo(3);
    }
}
