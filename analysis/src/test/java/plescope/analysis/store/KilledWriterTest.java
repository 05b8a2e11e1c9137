package plescope.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KilledWriterTest {
    @TempDir
    private Path folder;

    @Test
    void aKillBeforeTheRenameLeavesTheOldFileAndTheNextWriterCleansUp() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("t.duckdb"), "old");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        file.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isEqualTo(9);
        assertThat(file).hasContent("old");
        assertThat(children()).anyMatch(name -> name.equals("t.duckdb.partial-" + process.pid()));

        try (TraceDatabase database = TraceDatabase.create(file)) {
            database.publish();
        }
        assertThat(children()).containsExactly("t.duckdb");
        assertThat(Files.size(file)).isGreaterThan(1_000);
    }

    private List<String> children() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
