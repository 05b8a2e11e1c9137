package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class FidelityCommandTest {
    private static final Path SAMPLES = Path.of(System.getProperty("plescope.root", "."), "samples");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return Main.run(
                args,
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Terminal.UNLIMITED_WIDTH);
    }

    /** One row per trace and setting, and one per setting over all traces. */
    @Test
    void tracesAreCheckedUnderEachSettingAndSummed() {
        String trace = SAMPLES.resolve("ticket-lock-ftrace/trace.txt.zst").toString();
        assertThat(run("fidelity", trace, trace, "--setting", "cfs-6.1", "--setting", "eevdf-6.12", "--format", "csv"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        String[] lines = out.toString(StandardCharsets.UTF_8).split("\r\n");
        assertThat(lines[0]).startsWith("trace,setting,picks,agree_pct,round_robin_pct,random_pct,block_pct,");
        assertThat(lines).hasSize(1 + 2 * 2 + 2);
        long picks = Long.parseLong(lines[1].split(",", -1)[2]);
        assertThat(picks).isPositive();
        assertThat(lines[5]).startsWith("all,cfs-6.1+p2021," + 2 * picks + ",");
    }

    @Test
    void aSettingThatDoesNotParseIsAUsageError() {
        assertThat(run("fidelity", "x.txt", "--setting", "cfs-9")).isEqualTo(ExitCode.USAGE.code());
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("cfs-9");
    }

    @Test
    void withoutATraceThereIsNothingToCheck() {
        assertThat(run("fidelity")).isEqualTo(ExitCode.USAGE.code());
    }
}
