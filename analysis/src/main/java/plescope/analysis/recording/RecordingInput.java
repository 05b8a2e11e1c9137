package plescope.analysis.recording;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import plescope.parser.TraceFormatException;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.diagnostic.UnusableInput;
import plescope.parser.text.TraceInput;
import plescope.replay.workload.text.WorkloadFile;

/**
 * An input of which replays may start, opened and recognised by its content, whatever its name.
 *
 * @param name as given, for messages
 * @param file null for standard input
 * @param text unpacked; null for a database
 */
public record RecordingInput(Kind kind, String name, Path file, InputStream text) implements Closeable {
    /** Where DuckDB's magic stands in a database file: behind a checksum. */
    private static final int MAGIC_AT = 8;

    private static final byte[] DUCKDB = "DUCK".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WORKLOAD = WorkloadFile.MAGIC.getBytes(StandardCharsets.US_ASCII);

    /** What an input is. */
    public enum Kind {
        /** Text of perf script, trace-cmd or ftrace; also whatever is none of the others. */
        LOG,
        /** A database that plescope wrote. */
        DATABASE,
        /** What {@code plescope extract} writes. */
        WORKLOAD
    }

    /** Opens a file. @throws TraceFormatException if it is neither a database nor a text */
    @MustBeClosed
    public static RecordingInput open(Path file) throws IOException {
        String name = file.toString();
        if (!Files.exists(file)) {
            throw refused(TraceInput.refusal(DiagnosticCode.MISSING_FILE, name, "there is no such file"));
        }
        if (Files.isDirectory(file)) {
            throw refused(TraceInput.refusal(DiagnosticCode.DIRECTORY, name, "this is a directory"));
        }
        // not of Files, whose streams ask a pipe for its position
        InputStream in = new BufferedInputStream(new FileInputStream(file.toFile()));
        if (isDatabase(in)) {
            in.close();
            return new RecordingInput(Kind.DATABASE, name, file, null);
        }
        return text(in, name, file);
    }

    /** Takes a stream, such as standard input. @throws TraceFormatException if it is no text */
    @MustBeClosed
    public static RecordingInput open(InputStream stream, String name) throws IOException {
        InputStream in = new BufferedInputStream(stream);
        if (isDatabase(in)) {
            throw new IOException(name + " is a database; those are read from files only");
        }
        return text(in, name, null);
    }

    private static RecordingInput text(InputStream in, String name, Path file) throws IOException {
        try {
            InputStream text = new BufferedInputStream(TraceInput.text(in, name));
            Kind kind = Arrays.equals(peek(text, WORKLOAD.length), WORKLOAD) ? Kind.WORKLOAD : Kind.LOG;
            return new RecordingInput(kind, name, file, text);
        } catch (UnusableInput e) {
            in.close();
            throw refused(e);
        }
    }

    private static boolean isDatabase(InputStream in) throws IOException {
        byte[] first = peek(in, MAGIC_AT + DUCKDB.length);
        return first.length == MAGIC_AT + DUCKDB.length
                && Arrays.equals(Arrays.copyOfRange(first, MAGIC_AT, first.length), DUCKDB);
    }

    private static byte[] peek(InputStream in, int bytes) throws IOException {
        in.mark(bytes);
        byte[] first = in.readNBytes(bytes);
        in.reset();
        return first;
    }

    private static TraceFormatException refused(UnusableInput e) {
        TraceFormatException refusal = new TraceFormatException(e.diagnostic());
        refusal.initCause(e);
        return refusal;
    }

    @Override
    public void close() throws IOException {
        if (text != null) {
            text.close();
        }
    }
}
