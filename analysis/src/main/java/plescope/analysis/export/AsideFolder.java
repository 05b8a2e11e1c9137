package plescope.analysis.export;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A folder that is filled aside and takes its name when it is whole; closed before that, nothing is left of it and an old folder is as
 * it was.
 */
final class AsideFolder implements Closeable {
    private final Path target;
    private final Path aside;

    /**
     * Begins a folder.
     *
     * @param mine which entries an export may have written; an existing folder is replaced only if it holds nothing else, and never if
     *     this is null
     */
    AsideFolder(Path target, Predicate<String> mine) throws IOException {
        this.target = target.toAbsolutePath().normalize();
        if (Files.exists(this.target)) {
            refuseForeign(target, mine);
        }
        if (this.target.getFileName() == null) {
            throw new IOException(target + " cannot be replaced");
        }
        aside = beside("partial");
        delete(aside);
        Files.createDirectories(aside);
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

    private Path beside(String mark) {
        return target.resolveSibling(target.getFileName() + "." + mark + "-"
                + ProcessHandle.current().pid());
    }

    Path path() {
        return aside;
    }

    void publish() throws IOException {
        if (!Files.exists(target)) {
            Files.move(aside, target);
            return;
        }
        Path old = beside("old");
        Files.move(target, old);
        Files.move(aside, target);
        delete(old);
    }

    @Override
    public void close() throws IOException {
        delete(aside);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
