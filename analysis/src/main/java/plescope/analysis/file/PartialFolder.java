package plescope.analysis.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder that is filled aside and takes its name when it is whole; closed before that, nothing is left of it and an old folder is as
 * it was. An old folder makes room by a rename of its own, to {@code NAME.old-PID}: killed between the two, it gets its name back
 * from the next export.
 */
public final class PartialFolder implements Closeable {
    private static final String OLD = ".old-";

    private final Path target;
    private final Path path;
    /** Tells exports in other containers, which may see this folder and not this process, that it is being filled. */
    private final FileChannel lock;

    /**
     * Begins a folder.
     *
     * @param mine which entries an export may have written; an existing folder is replaced only if it holds nothing else, and never if
     *     this is null
     */
    public PartialFolder(Path named, Predicate<String> mine) throws IOException {
        target = Target.of(named.toAbsolutePath().normalize());
        recover();
        if (Files.exists(target)) {
            refuseForeign(named, mine);
        }
        path = PartialFile.ofThisProcess(target, PartialFile.MARK);
        if (Unfinished.contains(path)) {
            throw new IOException(named + " is already being written by this process");
        }
        Unfinished.remove(path);
        Unfinished.add(List.of(path));
        Files.createDirectory(path);
        lock = FileChannel.open(lockFile(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.tryLock();
    }

    private Path lockFile() {
        return path.resolve(Leftovers.LOCK);
    }

    private void recover() throws IOException {
        Path folder = target.getParent();
        String name = target.getFileName().toString();
        for (Path old : Leftovers.find(folder, Pattern.compile(Pattern.quote(name + OLD) + "(\\d+)"))) {
            if (Files.exists(target)) {
                Unfinished.removeQuietly(old);
            } else {
                Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        Leftovers.remove(folder, Pattern.compile(Pattern.quote(name + PartialFile.MARK) + "(\\d+)"));
    }

    private static void refuseForeign(Path target, Predicate<String> mine) throws IOException {
        if (!Files.isDirectory(target)) {
            throw new IOException(target + " is a file; an export is a folder");
        }
        if (mine == null) {
            throw new IOException(target + " exists; --force replaces an earlier export");
        }
        try (Stream<Path> entries = Files.list(target)) {
            List<String> foreign = entries.map(entry -> entry.getFileName().toString())
                    .filter(mine.negate())
                    .sorted()
                    .toList();
            if (!foreign.isEmpty()) {
                throw new IOException(
                        target + " holds more than an export, such as " + foreign.get(0) + "; it is not replaced");
            }
        }
    }

    /** The folder to fill. */
    public Path path() {
        return path;
    }

    public void publish() throws IOException {
        lock.close();
        Files.delete(lockFile());
        Durable.contents(path);
        Path old = PartialFile.ofThisProcess(target, OLD);
        Unfinished.settle(List.of(path), () -> {
            if (Files.exists(target)) {
                Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        });
        Durable.entries(target.getParent());
        Unfinished.remove(old);
    }

    @Override
    public void close() throws IOException {
        lock.close();
        if (Unfinished.contains(path)) {
            Unfinished.settle(List.of(path), () -> Unfinished.remove(path));
        }
    }
}
