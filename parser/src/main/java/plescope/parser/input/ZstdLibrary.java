package plescope.parser.input;

import com.github.luben.zstd.util.Native;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loads zstd's native code. Left alone, zstd-jni unpacks it to the temporary folder and removes it when the process ends, so that
 * every killed process leaves a copy. Linux needs no name for what is loaded: the copy is removed at once.
 */
public final class ZstdLibrary {
    private ZstdLibrary() {}

    /** Before the first use of zstd; an exception that is no {@link IOException}, which would be taken for the log's own. */
    public static synchronized void load() {
        if (Native.isLoaded()) {
            return;
        }
        String parent = System.getProperty("java.io.tmpdir");
        Path folder;
        try {
            // Whoever removes what dead processes left knows it by this name.
            folder = Files.createTempDirectory(
                    Path.of(parent),
                    "plescope-temporary-" + ProcessHandle.current().pid() + "-");
        } catch (IOException e) {
            throw unwritable(parent, e);
        }
        try {
            Native.load(folder.toFile());
        } catch (ExceptionInInitializerError | UnsatisfiedLinkError e) {
            throw unwritable(parent, e);
        } finally {
            remove(folder);
        }
    }

    private static UncheckedIOException unwritable(String folder, Throwable cause) {
        String message = "zstd's library cannot be unpacked to " + folder + " ("
                + cause.getClass().getSimpleName() + "); TMPDIR=FOLDER names another place";
        return new UncheckedIOException(message, new IOException(cause));
    }

    private static void remove(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // Windows keeps a loaded file; zstd-jni removes it at the end.
            assert e.getMessage() != null;
        }
    }
}
