package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What quick commands load. */
final class StartUpTest {
    private static final String TRACE = """
               CPU 0/KVM   137/141   [000]   100.000010:                      kvm:kvm_entry: vcpu 1, rip 0xffffffff81000080
               CPU 0/KVM   137/141   [000]   100.000110:                       kvm:kvm_exit: vcpu 1 reason pause rip 0xffffffff81000080 info1 0x0000000000000000 info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000
            """;

    @TempDir
    private Path folder;

    private List<String> loaded(int code, String... words) throws IOException, InterruptedException {
        Path log = folder.resolve("classes");
        Process process = ProcessRun.java(List.of("-Xlog:class+load:file=" + log), words)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        ProcessRun.lines(process);
        assertThat(process.waitFor()).isEqualTo(code);
        List<String> classes = Files.readAllLines(log);
        assertThat(classes).anyMatch(line -> line.contains("plescope.analysis.cli.Main "));
        return classes;
    }

    @Test
    void helpAndWrongWordsLoadNeitherDatabaseNorGrammar() throws Exception {
        for (String[] words :
                new String[][] {{"--help"}, {"report", "--help"}, {"--version"}, {"completions", "bash"}}) {
            assertThat(loaded(0, words)).noneMatch(line -> line.contains("org.duckdb") || line.contains("org.antlr"));
        }
        for (String[] words : new String[][] {{"raed"}, {"read", "--ouptut"}, {"report", "exits", "--format", "x"}}) {
            assertThat(loaded(2, words)).noneMatch(line -> line.contains("org.duckdb") || line.contains("org.antlr"));
        }
    }

    @Test
    void checkLoadsNoDatabase() throws Exception {
        Path log = Files.writeString(folder.resolve("trace.txt"), TRACE);
        assertThat(loaded(0, "check", log.toString())).noneMatch(line -> line.contains("org.duckdb"));
    }
}
