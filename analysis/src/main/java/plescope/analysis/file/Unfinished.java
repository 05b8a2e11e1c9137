package plescope.analysis.file;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Files and folders that this process has begun and not completed. They are removed where it is told to end (SIGINT, SIGTERM,
 * SIGHUP); a killed process leaves them to {@link Leftovers}.
 */
final class Unfinished {
    private static final int QUIET_PASSES = 5;
    private static final int MOST_PASSES = 150;
    private static final long PAUSE_MS = 20;
    private static final Set<Path> PATHS = new HashSet<>();

    /** A step that an interrupt finds done or not begun. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(Unfinished::removeAll, "unfinished"));
        } catch (IllegalStateException e) {
            // The process is ending already; the next one removes what this one begins now.
            assert e.getMessage() != null;
        }
    }

    private Unfinished() {}

    /** Whether this process is writing it. */
    static boolean contains(Path path) {
        synchronized (PATHS) {
            return PATHS.contains(path);
        }
    }

    /** From now on an interrupt removes them; they need not exist. */
    static void add(List<Path> paths) {
        synchronized (PATHS) {
            PATHS.addAll(paths);
        }
    }

    /** Completes or drops them, and leaves them alone from then on. An interrupt waits for the step, which must be short. */
    static void settle(List<Path> paths, Step step) throws IOException {
        synchronized (PATHS) {
            step.run();
            paths.forEach(PATHS::remove);
        }
    }

    /** Until nothing comes back: whoever was writing goes on while the process ends, and DuckDB makes its log late. */
    private static void removeAll() {
        try {
            int quiet = 0;
            for (int pass = 0; pass < MOST_PASSES && quiet < QUIET_PASSES; pass++) {
                quiet = removeFound() ? 0 : quiet + 1;
                Thread.sleep(PAUSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there was any of them. */
    private static boolean removeFound() {
        boolean found = false;
        synchronized (PATHS) {
            for (Path path : PATHS) {
                if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                    found = true;
                    removeQuietly(path);
                }
            }
        }
        return found;
    }

    /** What cannot be removed stays, for the next process that writes there. */
    static boolean removeQuietly(Path path) {
        try {
            remove(path);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Removes a file, or a folder with all in it, if it exists; never what a symbolic link leads to. */
    static void remove(Path path) throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
