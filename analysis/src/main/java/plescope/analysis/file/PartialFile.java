package plescope.analysis.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file under construction, {@code NAME.partial-PID} in the folder of its target. The rename at the end is atomic and comes after
 * the bytes are on the disk, so the target is always a whole file, old or new, whenever the process is killed or the power fails.
 * Closed before that, nothing is left of it.
 */
public final class PartialFile implements Closeable {
    static final String MARK = ".partial-";

    /** DuckDB's write-ahead log, beside the database. */
    private static final String LOG = "(?:\\.wal)?";

    private final Path named;
    private final Path target;
    private final Path path;
    /** The file and what its writer makes beside it. */
    private final List<Path> paths;

    private PartialFile(Path named, Path target, Path path, List<Path> paths) {
        this.named = named;
        this.target = target;
        this.path = path;
        this.paths = List.copyOf(paths);
    }

    /**
     * Begins a file and removes what dead processes left behind for the same target.
     *
     * @param companions endings of what its writer makes beside it
     */
    public static PartialFile beside(Path named, String... companions) throws IOException {
        requireFile(named);
        Path target = Target.of(named);
        String name = target.getFileName().toString();
        Leftovers.remove(target.getParent(), Pattern.compile(Pattern.quote(name + MARK) + "(\\d+)" + LOG));
        Path path = ofThisProcess(target, MARK);
        if (Unfinished.contains(path)) {
            throw new IOException(named + " is already being written by this process");
        }
        if (Leftovers.isLocked(path)) {
            throw new IOException(named + " is already being written by another process");
        }
        List<Path> paths = new ArrayList<>(List.of(path));
        for (String companion : companions) {
            paths.add(path.resolveSibling(path.getFileName() + companion));
        }
        // Of an earlier process with the same id.
        for (Path old : paths) {
            Files.deleteIfExists(old);
        }
        Unfinished.add(paths);
        return new PartialFile(named, target, path, paths);
    }

    /** Refuses what no file can replace, for work that would be lost at its end. */
    public static void requireFile(Path named) throws IOException {
        if (Files.isDirectory(named)) {
            throw new IOException(named + " is a folder");
        }
        if (Target.isStream(named)) {
            throw new IOException(named + " is no file");
        }
        Path folder = Target.of(named).getParent();
        if (!Files.isWritable(folder)) {
            throw new IOException("cannot write in " + folder);
        }
    }

    static Path ofThisProcess(Path target, String mark) {
        return target.resolveSibling(
                target.getFileName() + mark + ProcessHandle.current().pid());
    }

    /** The file to write. */
    public Path path() {
        return path;
    }

    /** What it will be, without symbolic links. */
    public Path target() {
        return target;
    }

    /** Gives it its name; its writer must have closed it. */
    public void publish() throws IOException {
        try {
            Durable.contents(path);
            Unfinished.settle(paths, () -> Files.move(path, target, StandardCopyOption.ATOMIC_MOVE));
        } catch (NoSuchFileException e) {
            throw new IOException(named + " could not be written: " + path + " was removed meanwhile", e);
        }
        Durable.entries(target.getParent());
    }

    @Override
    public void close() throws IOException {
        Unfinished.settle(paths, () -> {
            for (Path left : paths) {
                if (Unfinished.contains(left)) {
                    Files.deleteIfExists(left);
                }
            }
        });
    }
}
