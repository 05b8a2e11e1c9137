package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plescope synthesize} as its user meets it. */
final class SynthesizeTest {
    private static final String SCENARIO = """
            scenario "Two at one lock";
            param $vcpus = 2;
            host { pcpus 1; ple vmx; }
            setting "cfs-5.6+p2019";
            vm "guest" {
                vcpus $vcpus;
                lock only queued;
                task "locker" x 2 { repeat { compute user 100us; lock only { compute 400us; } shootdown; count; } }
            }
            run 40ms; seeds 4;
            """;

    @TempDir
    private Path folder;

    private CommandLineRun plescope(String... args) {
        return CommandLineRun.of(CommandLineRun.WIDTH, SCENARIO, args);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private String scenario(String text) throws IOException {
        return Files.writeString(folder.resolve("my.scenario"), text).toString();
    }

    @Test
    void traceTruthAndSymbolsGoTogether() throws IOException {
        CommandLineRun made = plescope(
                "synthesize",
                scenario(SCENARIO),
                "-o",
                file("t.txt"),
                "--truth",
                file("truth.csv"),
                "--symbols",
                file("map"));
        assertThat(made.err()).isEmpty();
        assertThat(made.code()).isZero();
        assertThat(made.out()).startsWith("ran 'Two at one lock' for 40 ms under cfs-5.6+p2019, seed 4\nguest: ");
        // Kernel 5.6, as its scheduler; VMX names.
        assertThat(Files.readString(folder.resolve("t.txt")))
                .contains("reason PAUSE_INSTRUCTION rip 0xffffffff81102a40 info 0 0\n")
                .contains("# os release : 5.6.0\n");
        assertThat(plescope("analyze", file("t.txt"), "--symbols", file("map"), "-o", file("t.duckdb"))
                        .out())
                .contains("native_queued_spin_lock_slowpath");
        List<Map<String, String>> truth = truth();
        assertThat(truth.stream().map(row -> row.get("what")).distinct())
                .containsExactlyInAnyOrder("spin", "lock", "broadcast", "vcpu", "task");
        assertThat(truth.stream()
                        .filter(row -> row.get("what").equals("lock"))
                        .map(row -> row.get("lock"))
                        .distinct())
                .containsExactly("only");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().contains(".partial-"));
        }
    }

    private List<Map<String, String>> truth() throws IOException {
        try (MappingIterator<Map<String, String>> rows = CsvMapper.builder()
                .build()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(folder.resolve("truth.csv").toFile())) {
            return rows.readAll();
        }
    }

    @Test
    void standardInputAndOutputWillDo() {
        CommandLineRun made =
                plescope("synthesize", "-", "-o", "-", "--producer", "ftrace", "--kernel", "6.18", "--span", "3ms");
        assertThat(made.code()).isZero();
        assertThat(made.out()).startsWith("# tracer: nop\n").contains(" requests 0x0000000000000000\n");
        assertThat(made.err()).startsWith("ran 'Two at one lock' for 3 ms");
    }

    /** A log of so many lines, whatever the scenario's own span, and what reading finds in it. */
    @Test
    void countsAreWhatReadingFinds() throws IOException {
        CommandLineRun made = plescope(
                "synthesize", "-", "--lines", "12345", "-o", file("t.txt.zst"), "--counts", file("counts.csv"));
        assertThat(made.code()).isZero();
        Map<String, Long> counts = new HashMap<>();
        Files.readAllLines(folder.resolve("counts.csv")).stream().skip(1).forEach(row -> {
            String[] cells = row.split(",", -1);
            counts.put(cells[0] + " " + cells[1], Long.parseLong(cells[2]));
        });
        assertThat(counts).containsEntry("log lines", 12_345L).containsEntry("guest vcpus", 2L);
        assertThat(plescope("read", file("t.txt.zst"), "-o", file("t.duckdb")).code())
                .isZero();
        assertThat(number("SELECT lines FROM trace")).isEqualTo(12_345);
        assertThat(number("SELECT events FROM trace")).isEqualTo(counts.get("log events"));
        assertThat(number("SELECT count(*) FROM vm_exit NATURAL JOIN exit_reason WHERE family = 'PAUSE'"))
                .isEqualTo(counts.get("exit ple"))
                .isPositive();
        assertThat(number("SELECT count(*) FROM vm_exit")).isEqualTo(counts.get("event kvm_exit"));
        assertThat(number("SELECT count(*) FROM context_switch")).isEqualTo(counts.get("event sched_switch"));
        assertThat(made.out()).contains("wrote 12345 lines, ").contains(" of 2 vCPUs; " + counts.get("truth waits"));
    }

    private long number(String query) {
        CommandLineRun answer = plescope("sql", file("t.duckdb"), query, "--format", "csv");
        assertThat(answer.err()).isEmpty();
        return Long.parseLong(answer.out().lines().skip(1).findFirst().orElseThrow());
    }

    @Test
    void aRunThatIsOverBeforeItsLinesSaysSo() {
        CommandLineRun made = plescope("synthesize", "-", "--lines", "500000", "--span", "2ms", "-o", "-");
        assertThat(made.code()).isZero();
        assertThat(made.err())
                .contains("the run was over after " + made.out().lines().count() + " lines");
        assertThat(plescope("synthesize", "-", "--lines", "0").err()).contains("--lines must be a whole number from 1");
    }

    @Test
    void parametersChangeTheScenario() {
        assertThat(plescope("synthesize", "-", "-o", "-", "--span", "2ms", "--set", "vcpus=3")
                        .out())
                .contains("CPU 2/KVM");
        assertThat(plescope("synthesize", "-", "-o", "-", "--span", "2ms").out())
                .doesNotContain("CPU 2/KVM");
    }

    @Test
    void faultsOfTheScenarioArePointedAt() throws IOException {
        String path = scenario(SCENARIO.replace("lock only {", "lock onyl {"));
        CommandLineRun refused = plescope("synthesize", path, "-o", file("t.txt"));
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err())
                .isEqualTo(path + ":8:59: error: there is no lock 'onyl' here\n"
                        + "   8 |     task \"locker\" x 2 { repeat { compute user 100us; lock onyl { compute 400us; } shootdown;"
                        + " count; } }\n"
                        + "     | " + " ".repeat(58) + "^\n"
                        + "  hint: did you mean 'only'?\n");
        assertThat(folder.resolve("t.txt")).doesNotExist();
        assertThat(plescope("synthesize", scenario(SCENARIO.replace("ple vmx;", "arch s390;"))))
                .satisfies(o -> assertThat(o.code()).isEqualTo(3))
                .satisfies(o -> assertThat(o.err()).contains("s390"));
    }

    @Test
    void wrongWordsAreRefused() {
        assertThat(plescope("synthesize").code()).isEqualTo(2);
        assertThat(plescope("synthesize", "-", "--producer", "ftarce").err()).contains("did you mean 'ftrace'?");
        assertThat(plescope("synthesize", "-", "--kernel", "2.4").err()).contains("4.18, 5.6, 5.15, 6.1, 6.12, 6.18");
        assertThat(plescope("synthesize", "-", "--span", "5").code()).isEqualTo(2);
        assertThat(plescope("synthesize", "-", "--set", "vcpus").code()).isEqualTo(2);
        assertThat(plescope("synthesize", "-", "--set", "vcups=3"))
                .satisfies(o -> assertThat(o.code()).isEqualTo(3))
                .satisfies(o -> assertThat(o.err()).contains("did you mean 'vcpus'?"));
        assertThat(plescope("synthesize", "-", "--setting", "cfs-5.6+p2020").err())
                .contains("nearest is 'p2021'");
        assertThat(plescope("synthesize", file("absent.scenario")).code()).isEqualTo(3);
    }
}
