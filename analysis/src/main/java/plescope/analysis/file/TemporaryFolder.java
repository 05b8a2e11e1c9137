package plescope.analysis.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Files that are gone with the command that made them, in a folder of the process's own. What killed processes left, theirs and that
 * of their databases, is removed by the next that needs one.
 */
public final class TemporaryFolder implements Closeable {
    private static final String PREFIX = "plescope-temporary-";

    /** Of this class, and of databases that spill. */
    private static final Pattern NAMES = Pattern.compile("plescope-(?:temporary|duckdb)-(\\d+)(?:-\\d+)?");

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Map<String, Path> OF_DATABASES = new ConcurrentHashMap<>();

    private final Path path;
    private final FileChannel lock;

    private TemporaryFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes an empty folder. */
    public static TemporaryFolder create() throws IOException {
        removeLeftovers();
        Path parent = parent();
        try {
            Path path = Files.createTempDirectory(
                    parent, PREFIX + ProcessHandle.current().pid() + "-");
            Unfinished.add(List.of(path));
            FileChannel lock = FileChannel.open(
                    path.resolve(Leftovers.LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            lock.tryLock();
            return new TemporaryFolder(path, lock);
        } catch (IOException e) {
            throw new IOException(
                    "cannot make temporary files in " + parent + " ("
                            + e.getClass().getSimpleName() + "); TMPDIR=FOLDER names another place",
                    e);
        }
    }

    /**
     * A name for what an open database cannot hold in memory: DuckDB makes the folder when it first needs it and removes it when the
     * database is closed, and a signal removes it otherwise. Each database has its own, as DuckDB's file names would meet, and one that
     * is open twice the same, as DuckDB demands.
     *
     * @param database its file, empty for one in memory
     */
    public static Path ofDatabase(String database) {
        if (database.isEmpty()) {
            return nextOfDatabase();
        }
        return OF_DATABASES.computeIfAbsent(database, file -> nextOfDatabase());
    }

    private static Path nextOfDatabase() {
        Path path = parent().resolve(
                        "plescope-duckdb-" + ProcessHandle.current().pid() + "-" + DATABASES.incrementAndGet());
        Unfinished.add(List.of(path));
        return path;
    }

    /** Removes what dead processes left, of this user. */
    public static void removeLeftovers() throws IOException {
        Path parent = parent();
        if (Files.isDirectory(parent) && Files.isReadable(parent)) {
            Leftovers.removeOwn(parent, NAMES);
        }
    }

    private static Path parent() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** A file in it, which does not exist yet. */
    public Path file(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        lock.close();
        Unfinished.settle(List.of(path), () -> Unfinished.remove(path));
    }
}
