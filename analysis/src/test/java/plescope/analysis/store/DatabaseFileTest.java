package plescope.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name stands for a whole file, always. */
final class DatabaseFileTest {
    @TempDir
    private Path folder;

    /** DuckDB closes quietly where the disk is full, and leaves the rest in its log. */
    @Test
    void aDatabaseThatLeftALogBehindIsNotWholeAndGetsNoName() throws IOException {
        Path target = Files.writeString(folder.resolve("t.duckdb"), "old");
        DatabaseFile partial = DatabaseFile.beside(target);
        Files.writeString(partial.path(), "half");
        Path log = partial.path().resolveSibling(partial.path().getFileName() + ".wal");
        Files.writeString(log, "the other half");
        assertThatThrownBy(partial::publish)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("could not be completed");
        assertThat(target).hasContent("old");
        partial.close();
        assertThat(folder)
                .isDirectoryContaining(file -> file.equals(target))
                .isDirectoryNotContaining(file -> file.equals(log));
    }
}
