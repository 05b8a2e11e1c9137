package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValidateCommandTest {
    private static final Path SAMPLES = Path.of(System.getProperty("plescope.root", "."), "samples");
    private static final String TICKET = SAMPLES.resolve("ticket-lock-ftrace").toString();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(String... args) {
        out.reset();
        err.reset();
        return Main.run(
                args,
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                120);
    }

    private String[] lines() {
        return out.toString(StandardCharsets.UTF_8).split("\r?\n");
    }

    /** A recording of itself, asked for nothing else: no change claimed, none measured, whatever the number of jobs. */
    @Test
    void aRecordingPredictsItselfUnchanged() {
        for (String jobs : new String[] {"1", "2"}) {
            assertThat(run("validate", TICKET, "--measured", TICKET, "--seeds", "1", "-j", jobs, "--format", "csv"))
                    .as(err.toString(StandardCharsets.UTF_8))
                    .isZero();
            assertThat(lines()).hasSize(3);
            assertThat(lines()[1]).contains(",vm0,", ",1.0000,1.0000,1.0000,", "not distinguishable", "within noise");
        }
    }

    /** PLE off on a convoy makes it far slower; true rates that say the contrary make that claim wrong, which exits with 1. */
    @Test
    void aWrongClaimIsToldByTheExitCode() {
        String[] words = {
            "validate",
            TICKET,
            "--predict",
            "eevdf-6.12.y+no-ple",
            "--measured",
            TICKET,
            "--seeds",
            "2",
            "--ops",
            "vm0=100:200",
            "--ops",
            "vm1=100:20"
        };
        assertThat(run(words)).isEqualTo(ExitCode.FOUND.code());
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("wrong", "right", "sign right, beyond noise", "1 of 2")
                .contains("claims that are wrong");
        for (String line : lines()) {
            assertThat(line.length()).isLessThanOrEqualTo(120);
        }
    }

    @Test
    void aListOfPairsGoesBothWaysAndSkipsWhatIsMissing() throws IOException {
        Path list = Files.writeString(folder.resolve("pairs.csv"), """
                id,trace_a,trace_b,knob,change,vm,ops_per_s_a,ops_per_s_b
                p1,ticket-lock-ftrace,ticket-lock-ftrace,ple_window,on -> on (null pair),A,100,100
                p2,ticket-lock-ftrace,absent,ple_window,on -> off,A,100,4
                """);
        assertThat(run(
                        "validate",
                        "--all",
                        list.toString(),
                        "--traces",
                        SAMPLES.toString(),
                        "--members",
                        "1",
                        "--format",
                        "csv"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(lines()).hasSize(5);
        assertThat(lines()[1])
                .startsWith("p1,ticket-lock-ftrace,ticket-lock-ftrace,A,")
                .contains("within noise");
        assertThat(lines()[3]).contains("skipped,no log of absent");
        assertThat(lines()[4]).startsWith("p2,absent,ticket-lock-ftrace,A,").contains("skipped,no log of absent");
    }

    @Test
    void identityReplaysAreComparedWithTheirRecordings() {
        assertThat(run("validate", "--identity", TICKET, "--members", "1", "--format", "markdown"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(lines()[0]).startsWith("| trace | vm | setting | work_percent |");
        assertThat(lines()[2]).startsWith("| ticket-lock-ftrace | vm0 | eevdf-6.12");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("| PLE exits, % |");
        String whole = lines()[2];
        assertThat(run("validate", "--identity", TICKET, "--halves", "--members", "1", "--format", "markdown"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(lines()[2])
                .startsWith("| ticket-lock-ftrace | vm0 | eevdf-6.12")
                .isNotEqualTo(whole);
    }

    /** Two small cases, each once: culprits of a fair lock are found, those of a test-and-set lock are not, which exits with 1. */
    @Test
    void inferenceIsScoredOnSyntheticTruth() {
        assertThat(run("validate", "--synthetic", "queue-cfs", "--seeds", "1", "--format", "csv"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(lines()[0]).startsWith("case,use,seed,waits,");
        assertThat(lines()[1]).startsWith("queue-cfs,TEST,2,");
        assertThat(lines()[2]).startsWith("all,TEST,,");
        assertThat(run("validate", "--synthetic", "race-cfs", "--seeds", "2", "--predict", "cfs-6.1+no-ple"))
                .isEqualTo(ExitCode.FOUND.code());
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("Below precision 0.9 or recall 0.8: race-cfs")
                .contains("HOLDOUT")
                .contains("cfs-6.1+no-ple")
                .contains("holder_running");
        assertThat(run("validate", "--synthetic", "race-cfs", "--seeds", "1", "--table", "replays", "--format", "csv"))
                .isEqualTo(ExitCode.FOUND.code());
        // Two settings of its own, two VMs.
        assertThat(lines()).hasSize(5);
        assertThat(run("validate", "--synthetic", "nobody")).isEqualTo(ExitCode.USAGE.code());
        assertThat(run("validate", "--synthetic", "race-cfs", "--seeds", "1", "--table", "nonsense"))
                .isEqualTo(ExitCode.USAGE.code());
    }

    /** The guest functions of synthetic logs have names; told without them, no lock is taken for an IPI. */
    @Test
    void causesToldWithoutSymbolsAreHeldAgainstSymbols() {
        String log = folder.resolve("convoy.txt").toString();
        String map = folder.resolve("System.map").toString();
        String scenario = SAMPLES.resolve("scenarios/convoy.scenario").toString();
        assertThat(run("synthesize", scenario, "--span", "200ms", "-o", log, "--symbols", map))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(run("validate", "--blind", log, "--symbols", map, "--format", "csv"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(lines()[0]).isEqualTo("trace,by_symbol,told_lock,told_tlb_shootdown,told_ipi,told_unknown");
        assertThat(lines()).hasSize(7);
        assertThat(lines()[1]).matches("convoy.txt,lock,[1-9]\\d*,0,0,\\d+");
        assertThat(run("validate", "--blind", log)).isEqualTo(ExitCode.USAGE.code());
    }

    /** A log whose guests' spinning nothing tells says so, in the recording's own words. */
    @Test
    void whatCannotBeAnsweredSaysWhy() throws IOException {
        Path list = Files.writeString(folder.resolve("pairs.csv"), """
                id,trace_a,trace_b,knob,change,vm,ops_per_s_a,ops_per_s_b
                p1,nople.txt,nople.txt,ple_window,off -> on,A,100,100
                """);
        String scenario = SAMPLES.resolve("scenarios/mismatch-pair.scenario").toString();
        String log = folder.resolve("nople.txt").toString();
        assertThat(run("synthesize", scenario, "--span", "100ms", "-o", log, "--setting", "eevdf-6.12+no-ple"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(run("validate", "--all", list.toString(), "--members", "1", "--seeds", "1"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("cannot answer [1]", "[1] no PLE exits;", "--spin-code");
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("[1] spin not recorded");
    }

    @Test
    void whatToDoMustBeSaidAndMakeSense() {
        assertThat(run("validate", TICKET)).isEqualTo(ExitCode.USAGE.code());
        assertThat(run("validate", TICKET, "--measured", TICKET, "--identity")).isEqualTo(ExitCode.USAGE.code());
        assertThat(run("validate", TICKET, "--measured", TICKET, "--ops", "vm0=5"))
                .isEqualTo(ExitCode.USAGE.code());
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--ops must be VM=A:B");
        assertThat(run("validate", TICKET, "--measured", TICKET, "--predict", "cfs-9"))
                .isEqualTo(ExitCode.USAGE.code());
        assertThat(run("validate", "absent", "--measured", TICKET)).isEqualTo(ExitCode.BAD_INPUT.code());
    }
}
