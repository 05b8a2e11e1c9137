package plescope.analysis.validate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where recordings lie: files, or one folder per recording with its log among other things.
 *
 * @param root of the names
 */
public record TraceFolder(Path root) {
    /** Beginnings of the names that tools' text is given, best first. */
    private static final List<String> LOGS =
            List.of("trace.duckdb", "perf-script.txt", "ftrace-trace", "trace-cmd-report", "trace.txt");

    /** The log of that name; empty where there is none. */
    public Optional<Path> find(String name) throws IOException {
        Path place = root.resolve(name);
        if (Files.isRegularFile(place)) {
            return Optional.of(place);
        }
        return Files.isDirectory(place) ? log(place) : Optional.empty();
    }

    /** The log in a folder. */
    private static Optional<Path> log(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.sorted().toList();
        }
        for (String log : LOGS) {
            for (Path file : files) {
                if (file.getFileName().toString().startsWith(log)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }
}
