package plescope.analysis.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import plescope.analysis.file.PartialFile;
import plescope.analysis.file.TemporaryFolder;

/** A database under construction: DuckDB keeps a write-ahead log beside it, which belongs to the file. */
final class DatabaseFile implements Closeable {
    private static final String LOG = ".wal";

    private final PartialFile partial;

    private DatabaseFile(PartialFile partial) {
        this.partial = partial;
    }

    static DatabaseFile beside(Path target) throws IOException {
        TemporaryFolder.removeLeftovers();
        return new DatabaseFile(PartialFile.beside(target, LOG));
    }

    Path path() {
        return partial.path();
    }

    /** @throws StoreException if the database left a log behind: its file is not whole then */
    void publish() throws IOException {
        if (Files.exists(logOf(partial.path()))) {
            throw new StoreException(
                    "the database could not be completed, as where the disk is full: " + partial.target());
        }
        // A write-ahead log left by another client belongs to the old file and would damage the new one.
        Files.deleteIfExists(logOf(partial.target()));
        partial.publish();
    }

    private static Path logOf(Path database) {
        return database.resolveSibling(database.getFileName() + LOG);
    }

    @Override
    public void close() throws IOException {
        partial.close();
    }
}
