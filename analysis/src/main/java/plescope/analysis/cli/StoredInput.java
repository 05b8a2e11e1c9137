package plescope.analysis.cli;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import plescope.analysis.file.TemporaryFolder;
import plescope.analysis.recording.RecordingInput;
import plescope.analysis.store.TraceDatabase;

/** A database as the user names it, or one made of a log, which is gone afterwards. */
final class StoredInput implements Closeable {
    private final String name;
    private final Path file;
    /** Null where nothing was made. */
    private final TemporaryFolder made;

    StoredInput(String name, Pipeline pipeline, Terminal terminal) throws IOException {
        this.name = name;
        if (isDatabase(name, pipeline)) {
            made = null;
            file = Path.of(name);
            return;
        }
        made = TemporaryFolder.create();
        try {
            file = made.file("trace.duckdb");
            ReadCommand.findings(pipeline.run(List.of(name), file, ReplayPlan.NONE), terminal.err());
        } catch (IOException | RuntimeException e) {
            made.close();
            throw e;
        }
    }

    /** Whether it was made of a log. */
    boolean isMade() {
        return made != null;
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
        if (made != null) {
            made.close();
        }
    }
}
