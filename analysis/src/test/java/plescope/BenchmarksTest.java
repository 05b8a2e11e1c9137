package plescope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The benchmarks of whole commands start, take no wrong answer, and do their sums. */
class BenchmarksTest {
    private static final Path ROOT = Path.of(System.getProperty("plescope.root"));
    private static final String PYTHON = "python3";

    /** What a script did. */
    private record Outcome(int code, String output) {}

    @BeforeEach
    void pythonIsThere() {
        boolean there;
        try {
            there = run(PYTHON, "--version").code() == 0;
        } catch (IOException | InterruptedException e) {
            there = false;
        }
        assumeTrue(there, "no python3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parser", "replay", "analysis"})
    void everyBenchmarkListsItsOptions(String module) throws IOException, InterruptedException {
        Outcome help = run(ROOT.resolve(module).resolve("benchmark").toString(), "--help");

        assertThat(help.output()).contains("--quick", "--runs N", "--input FILE", "--only PART");
        assertThat(help.code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"parser", "replay", "analysis"})
    void noBenchmarkStartsWithoutItsInput(String module) throws IOException, InterruptedException {
        Outcome refused = run(ROOT.resolve(module).resolve("benchmark").toString(), "--input", "/no/such/log");

        assertThat(refused.output()).contains("no such file: /no/such/log");
        assertThat(refused.code()).isEqualTo(2);
    }

    @Test
    void aWrongAnswerEndsTheRace() throws IOException, InterruptedException {
        // 12 is neither 2 nor 120, though both share digits with it.
        assertThat(answers("12 lines", "12 lines").code()).isZero();
        for (String wrong : List.of("2 lines", "120 lines", "1 lines")) {
            Outcome outcome = answers("12 lines", wrong);
            assertThat(outcome.code()).as(wrong).isNotZero();
            assertThat(outcome.output()).contains("should have answered '" + wrong + "'");
        }
    }

    @Test
    void aFailedCommandEndsTheRace() throws IOException, InterruptedException {
        Outcome outcome = race("race.run(race.Contestant('broken', ['false']))");

        assertThat(outcome.output()).contains("broken ended with 1");
        assertThat(outcome.code()).isNotZero();
    }

    @Test
    void ratiosAreTakenWithinARound() throws IOException, InterruptedException {
        // 3/1, 4/2 and 8/4 are 3, 2 and 2, of which 2 is the median; the ratio of the medians, 4/2, would be the same
        // by chance,
        // that of the sums, 15/7, would not.
        Outcome outcome = race("""
                runs = {'a': [race.Run(w, w, 0, '') for w in (1, 2, 4)], 'b': [race.Run(w, w, 0, '') for w in (3, 4, 8)]}
                print(race.spread(race.ratios(runs, 'a', 'b', lambda run: run.wall), 2))
                """);

        assertThat(outcome.output()).isEqualTo("2.00 / 2.00 / 3.00\n");
    }

    @Test
    void cpuTimeOfChildrenAndMemoryAreTheKernels() throws IOException, InterruptedException {
        // 64 MiB of a string that is touched, and half a second of which no CPU is used.
        Outcome outcome = race("""
                run = race.run(race.Contestant('x', ['python3', '-c', 'import time; s = b"x" * (64 << 20); time.sleep(0.5)']))
                print(run.memory > 64 << 20, run.wall > 0.5, run.cpu < run.wall)
                """);

        assertThat(outcome.output()).isEqualTo("True True True\n");
    }

    private static Outcome answers(String printed, String expected) throws IOException, InterruptedException {
        return race("race.run(race.Contestant('echo', ['echo', '" + printed + "'], answer=['" + expected + "']))");
    }

    private static Outcome race(String statements) throws IOException, InterruptedException {
        String path = ROOT.resolve("parser/src/jmh/python").toString();
        return run(
                PYTHON,
                "-B",
                "-c",
                "import sys; sys.path.insert(0, '" + path + "'); import race\n" + statements.strip());
    }

    private static Outcome run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }
}
