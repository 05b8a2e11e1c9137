package plescope.analysis.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts bytes on the disk, for power cuts: a rename may get there before what was written under the old name, and would then name an
 * empty file (fsync(2), rename(2)).
 */
final class Durable {
    private Durable() {}

    /** The bytes of a file, or of all files in a folder, and the folder's entries. */
    static void contents(Path path) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(path)) {
            all = walk.toList();
        }
        for (Path one : all) {
            if (Files.isDirectory(one)) {
                entries(one);
            } else {
                try (FileChannel file = FileChannel.open(one, StandardOpenOption.WRITE)) {
                    file.force(true);
                }
            }
        }
    }

    /** The names in a folder, where the system has a way to ask for it. */
    static void entries(Path folder) {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException e) {
            // Windows opens no folders, some network file systems force none: their renames are as safe as they make
            // them.
            assert e.getMessage() != null;
        }
    }
}
