package plescope.analysis.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Removes unfinished files where the process is told to end (SIGINT, SIGTERM) before they are whole; closing calls it off. */
public final class RemovalAtExit implements AutoCloseable {
    private static final int PASSES = 6;
    private static final long PAUSE_MS = 20;

    private final Thread hook;

    private RemovalAtExit(Thread hook) {
        this.hook = hook;
    }

    /**
     * Begins to watch.
     *
     * @param paths files, or folders of files; they need not exist
     */
    public static RemovalAtExit of(Path... paths) {
        List<Path> unfinished = List.of(paths);
        Thread hook = new Thread(() -> remove(unfinished), "removal");
        Runtime.getRuntime().addShutdownHook(hook);
        return new RemovalAtExit(hook);
    }

    /** Until nothing comes back: whoever was writing goes on while the process ends, and DuckDB makes its log late. */
    private static void remove(List<Path> paths) {
        try {
            for (int pass = 0; pass < PASSES; pass++) {
                paths.forEach(RemovalAtExit::isGone);
                Thread.sleep(PAUSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What cannot be removed is left to the next process that writes there. */
    private static boolean isGone(Path path) {
        try {
            if (Files.isDirectory(path)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
                    files.forEach(RemovalAtExit::isGone);
                }
            }
            Files.deleteIfExists(path);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the file gone or going: removing it twice does no harm.
            assert e.getMessage() != null;
        }
    }
}
