package plescope.parser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The shared folder of real recordings; tests that need it are skipped where it is not there. */
final class TraceFolder {
    private TraceFolder() {}

    static Path root() {
        String given = System.getProperty("plescope.traces");
        Path beside = Path.of(System.getProperty("plescope.root", "."), "..", "shared", "traces");
        Path root = given != null ? Path.of(given) : beside;
        Assumptions.assumeTrue(Files.isDirectory(root), "no real traces: set -Dplescope.traces=FOLDER");
        return root;
    }

    static List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(root().resolve(folder))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
