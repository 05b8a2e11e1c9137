package plescope.analysis.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file under construction, {@code <name>.partial-<pid>} in the folder of its target. The rename at the end is atomic, so
 * the target is always a whole file, old or new, whenever the process is killed.
 */
final class PartialFile {
    private static final String MARK = ".partial-";

    private final Path target;
    private final Path path;
    private final RemovalAtExit removal;

    private PartialFile(Path target, Path path) {
        this.target = target;
        this.path = path;
        this.removal = RemovalAtExit.of(path, logOf(path));
    }

    /** Begins a file for {@code target} and removes what dead processes left behind for the same target. */
    static PartialFile beside(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new StoreException("no such folder: " + folder);
        }
        if (Files.isDirectory(absolute)) {
            throw new StoreException(target + " is a folder, not a database");
        }
        removeStale(folder, absolute.getFileName() + MARK);
        Path path = absolute.resolveSibling(
                absolute.getFileName() + MARK + ProcessHandle.current().pid());
        if (Files.exists(path)) {
            throw new StoreException(target + " is already being written by this process");
        }
        return new PartialFile(absolute, path);
    }

    Path path() {
        return path;
    }

    /** @throws StoreException if the database left a log behind: its file is not whole then */
    void publish() throws IOException {
        if (Files.exists(logOf(path))) {
            throw new StoreException("the database could not be completed, as where the disk is full: " + target);
        }
        // A write-ahead log left by another client belongs to the old file and would damage the new one.
        Files.deleteIfExists(logOf(target));
        try {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
        }
        removal.close();
    }

    void discard() {
        try {
            Files.deleteIfExists(path);
            Files.deleteIfExists(logOf(path));
            removal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path logOf(Path database) {
        return database.resolveSibling(database.getFileName() + ".wal");
    }

    private static void removeStale(Path folder, String prefix) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.startsWith(prefix) && !isAlive(name.substring(prefix.length()))) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean isAlive(String pidAndSuffix) {
        String pid =
                pidAndSuffix.endsWith(".wal") ? pidAndSuffix.substring(0, pidAndSuffix.length() - 4) : pidAndSuffix;
        try {
            return ProcessHandle.of(Long.parseLong(pid)).isPresent();
        } catch (NumberFormatException e) {
            return true;
        }
    }
}
