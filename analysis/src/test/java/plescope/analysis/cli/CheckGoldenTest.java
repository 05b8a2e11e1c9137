package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code check} says of recordings whose faults are known, whole.
 *
 * <p>{@code -Dgolden.update=true} writes the texts anew; look at the difference before keeping it.
 */
final class CheckGoldenTest {
    private static final Path ROOT = Path.of(System.getProperty("plescope.root"));
    private static final Path TRACES = ROOT.resolve("../shared/traces");
    private static final Path GOLDENS = ROOT.resolve("analysis/src/test/resources/plescope/analysis/check");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lossy/trace_pipe-lost-events.txt",
                "zoo/ftrace-overwritten-small-buffer.txt",
                "zoo/ftrace-record-tgid-clock-global.txt",
                "zoo/ftrace-clock-x86-tsc.txt",
                "zoo/perf-exit-only.script.txt",
                "zoo/perf-localclock.script-deltatime.txt",
                "zoo/perf-localclock.script-header.txt",
                "zoo/perf-one-vm-pid.script.txt",
                "zoo/trace-cmd-dropped.report.txt",
                "zoo/trace-cmd-default-clock.report-R-raw-fields.txt"
            })
    void theCheckSaysWhatTheGoldenSays(String trace) throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(TRACES), "the recordings are not here");
        Path golden = GOLDENS.resolve(trace.replace('/', '-'));
        String said = check(trace);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDENS);
            Files.writeString(golden, said);
        }
        assertThat(said).isEqualTo(Files.readString(golden));
    }

    /** Standard input has no path that differs from machine to machine. */
    private static String check(String trace) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        int code = Main.run(
                new String[] {"check", "-"},
                new ByteArrayInputStream(Files.readAllBytes(TRACES.resolve(trace))),
                print,
                print,
                Terminal.UNLIMITED_WIDTH);
        return out.toString(StandardCharsets.UTF_8) + "exit code " + code + "\n";
    }
}
