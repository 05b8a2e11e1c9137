package plescope.analysis.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plescope.analysis.file.TemporaryFolder;
import plescope.analysis.recording.RecordingInput;
import plescope.analysis.store.TraceDatabase;

/** Opens databases; of logs it makes some that are gone afterwards, for commands that ask databases alone. */
final class OpenDatabases implements AutoCloseable {
    private final Pipeline pipeline;
    private final TemporaryFolder folder;
    private final Map<Path, TraceDatabase> open = new HashMap<>();
    private int made;

    OpenDatabases(Pipeline pipeline) throws IOException {
        this.pipeline = pipeline;
        this.folder = TemporaryFolder.create();
    }

    /**
     * The database itself, or one made of a log; open until this is closed. One named twice is opened once: DuckDB refuses a file that
     * is open with another folder for what it spills.
     */
    @SuppressWarnings("MustBeClosedChecker") // closed with this
    TraceDatabase of(String input) throws IOException {
        Path file = file(input);
        Path real = Files.exists(file) ? file.toRealPath() : file;
        TraceDatabase database = open.get(real);
        if (database == null) {
            database = TraceDatabase.open(file);
            open.put(real, database);
        }
        return database;
    }

    private Path file(String input) throws IOException {
        boolean stream = input.equals(ReadingOptions.STANDARD_INPUT);
        List<String> files = stream ? List.of(input) : FilePattern.expand(input);
        if (!stream) {
            try (RecordingInput opened = pipeline.open(files)) {
                if (opened.kind() == RecordingInput.Kind.DATABASE) {
                    return opened.file();
                }
            }
        }
        Path file = folder.file(made++ + ".duckdb");
        pipeline.run(files, file, ReplayPlan.NONE);
        return file;
    }

    /** Closes what was opened, removes what was made. */
    @Override
    public void close() throws IOException {
        open.values().forEach(TraceDatabase::close);
        folder.close();
    }
}
