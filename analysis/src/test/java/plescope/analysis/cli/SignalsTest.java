package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How the program ends when it is told to, or when nobody listens. */
@EnabledOnOs(OS.LINUX)
final class SignalsTest {
    @TempDir
    private Path folder;

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Bit 1 of what the kernel calls ignored is SIGINT, number 2. */
    private static boolean ignoresInterrupts(Process process) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow();
        return (Long.parseUnsignedLong(ignored.substring("SigIgn:".length()).strip(), 16) & 2) != 0;
    }

    @Test
    void anInterruptedReadingLeavesNothingBehind() throws Exception {
        Process process = ProcessRun.java(List.of("-Djava.io.tmpdir=" + folder), "read", "-", "-o", "t.duckdb")
                .directory(folder.toFile())
                .start();
        // Without an end of its input it waits, its database begun.
        process.getOutputStream().write("# tracer: nop\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        while (files().stream().noneMatch(file -> file.startsWith("t.duckdb.partial-"))) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(10);
        }
        if (ignoresInterrupts(process)) {
            process.destroyForcibly().waitFor();
            abort(
                    "a shell without job control starts what runs in the background with SIGINT ignored, and Java leaves it so");
        }
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        // 128 and SIGINT, which is 2
        assertThat(process.waitFor()).isEqualTo(130);
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("plescope: interrupted\n");
        assertThat(files()).isEmpty();
    }

    @Test
    void aReaderThatLeavesEndsTheWorkQuietly() throws Exception {
        Process process = ProcessRun.java(
                        List.of(), "sql", ":memory:", "SELECT range FROM range(100000000)", "--format", "csv")
                .start();
        process.getOutputStream().close();
        assertThat(process.getInputStream().read()).isEqualTo('r');
        process.getInputStream().close();
        // 128 and SIGPIPE, which is 13
        assertThat(process.waitFor()).isEqualTo(141);
        assertThat(process.getErrorStream().readAllBytes()).isEmpty();
    }

    @Test
    void aFullDiskBehindTheOutputIsSaid() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                new String[] {"--help"},
                System.in,
                new PrintStream(new StandardOutput(full), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                80);
        assertThat(code).isEqualTo(3);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("plescope: cannot write the output: No space left on device\n");
    }
}
