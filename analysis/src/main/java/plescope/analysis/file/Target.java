package plescope.analysis.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where a user's output goes. */
final class Target {
    private static final int MOST_LINKS = 40;

    /** Names of what is open already, whatever that is. */
    private static final List<Path> OPENED =
            List.of(Path.of("/dev/stdout"), Path.of("/dev/stderr"), Path.of("/dev/fd"), Path.of("/proc"));

    private Target() {}

    /**
     * The file behind symbolic links, which need not exist: replacing a link would leave what it leads to as it was.
     *
     * @throws IOException if no file of that name can be made
     */
    static Path of(Path named) throws IOException {
        Path target = named.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MOST_LINKS) {
                throw new IOException(named + ": too many symbolic links");
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        Path folder = target.getParent();
        if (folder == null || target.getFileName() == null) {
            throw new IOException(named + " is a folder");
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException((Files.exists(folder) ? "not a folder: " : "no such folder: ") + folder);
        }
        return target;
    }

    /** Whether it is a device, pipe or socket: such a thing is written to, not replaced. */
    static boolean isStream(Path named) {
        Path path = named.toAbsolutePath().normalize();
        return OPENED.stream().anyMatch(path::startsWith)
                || (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path));
    }
}
