package plescope.analysis.cli;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import plescope.analysis.recording.RecordingInput;
import plescope.analysis.store.RemovalAtExit;
import plescope.analysis.store.TraceDatabase;

/** A database as the user names it, or one made of a log, which is gone afterwards. */
final class StoredInput implements Closeable {
    private final String name;
    private final boolean made;
    private final Path file;
    /** Null where nothing was made. */
    private final RemovalAtExit removal;

    StoredInput(String name, Pipeline pipeline, Terminal terminal) throws IOException {
        this.name = name;
        made = !isDatabase(name, pipeline);
        if (made) {
            file = Files.createTempFile("plescope", ".duckdb");
            Files.delete(file);
            removal = RemovalAtExit.of(file);
            ReadCommand.findings(pipeline.run(List.of(name), file, ReplayPlan.NONE), terminal.err());
        } else {
            file = Path.of(name);
            removal = null;
        }
    }

    /** Whether it was made of a log. */
    boolean isMade() {
        return made;
    }

    private static boolean isDatabase(String name, Pipeline pipeline) throws IOException {
        if (name.equals(ReadingOptions.STANDARD_INPUT)) {
            return false;
        }
        try (RecordingInput opened = pipeline.open(List.of(name))) {
            return opened.kind() == RecordingInput.Kind.DATABASE;
        }
    }

    /** Opens it for reading. */
    @MustBeClosed
    TraceDatabase open() {
        return TraceDatabase.open(file);
    }

    /** Name of the recording: that of the file, without its folders and endings. */
    String stem() {
        if (name.equals(ReadingOptions.STANDARD_INPUT)) {
            return "stdin";
        }
        String file = Path.of(name).toAbsolutePath().normalize().getFileName().toString();
        int dot = file.indexOf('.', 1);
        return dot < 0 ? file : file.substring(0, dot);
    }

    @Override
    public void close() throws IOException {
        if (made) {
            Files.deleteIfExists(file);
            removal.close();
        }
    }
}
