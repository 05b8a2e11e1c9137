package plescope.analysis.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import plescope.analysis.recording.RecordingInput;

/** Makes databases of logs, gone afterwards, for commands that ask databases alone. */
final class TemporaryDatabases implements AutoCloseable {
    private final Pipeline pipeline;
    private final Path folder;
    private int made;

    TemporaryDatabases(Pipeline pipeline) throws IOException {
        this.pipeline = pipeline;
        this.folder = Files.createTempDirectory("plescope-log");
    }

    /** The database itself, or one made of a log. */
    Path of(String input) throws IOException {
        boolean stream = input.equals(ReadingOptions.STANDARD_INPUT);
        List<String> files = stream ? List.of(input) : FilePattern.expand(input);
        if (!stream) {
            try (RecordingInput opened = pipeline.open(files)) {
                if (opened.kind() == RecordingInput.Kind.DATABASE) {
                    return opened.file();
                }
            }
        }
        Path file = folder.resolve(made++ + ".duckdb");
        pipeline.run(files, file, ReplayPlan.NONE);
        return file;
    }

    /** Removes what was made. */
    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
