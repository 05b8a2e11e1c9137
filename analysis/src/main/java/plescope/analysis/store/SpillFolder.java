package plescope.analysis.store;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a database puts what its memory does not hold: DuckDB makes the folder when it first needs it and removes it when the
 * database is closed. Each open database has its own, as DuckDB's file names would meet.
 */
final class SpillFolder {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private SpillFolder() {}

    /** {@code plescope-duckdb-PID-NUMBER} in the folder of temporary files. */
    static Path next() {
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "plescope-duckdb-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
    }
}
