package plescope.analysis.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PartialFolderTest {
    @TempDir
    private Path folder;

    /** An export in another container sees the folder, but no process of its name's number. */
    @Test
    void isLockedWhileItIsFilledAndHoldsNoLockWhenWhole() throws IOException {
        Path tables = folder.resolve("tables");
        try (PartialFolder partial = new PartialFolder(tables, null)) {
            Files.writeString(partial.path().resolve("run.csv"), "run\n0\n");
            assertThat(Leftovers.isLocked(partial.path())).isTrue();
            partial.publish();
        }
        assertThat(tables).isDirectoryNotContaining(file -> !file.endsWith("run.csv"));
        assertThat(Leftovers.isLocked(tables)).isFalse();
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(tables));
    }

    @Test
    void leavesNothingWhereItIsGivenUp() throws IOException {
        try (PartialFolder partial = new PartialFolder(folder.resolve("tables"), null)) {
            Files.writeString(partial.path().resolve("run.csv"), "run\n");
        }
        assertThat(folder).isEmptyDirectory();
    }
}
