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
import java.util.List;
import java.util.stream.Collectors;
import plescope.parser.ReadOptions;
import plescope.parser.TraceFormatException;
import plescope.parser.TraceReader;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.diagnostic.UnusableInput;
import plescope.parser.input.TraceInput;
import plescope.replay.workload.text.WorkloadFile;

/**
 * An input of which replays may start, opened and recognised by its content, whatever its name.
 *
 * @param name as given, for messages
 * @param files none for standard input, several for a log in pieces or per CPU
 * @param text unpacked; null for a database, and for logs that only the reader of logs opens
 */
public record RecordingInput(Kind kind, String name, List<Path> files, InputStream text) implements Closeable {
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

    /** Opens a file, or the logs of one recording. @throws TraceFormatException if it is neither a database nor a text */
    @MustBeClosed
    public static RecordingInput open(List<Path> files) throws IOException {
        return open(files, (in, file) -> in);
    }

    /** The same, with what a single file holds passed through {@code watch}. */
    @MustBeClosed
    public static RecordingInput open(List<Path> files, Watch watch) throws IOException {
        if (files.size() == 1) {
            return open(files.get(0), watch);
        }
        String name = files.stream().map(Path::toString).collect(Collectors.joining(", "));
        return new RecordingInput(Kind.LOG, name, files, null);
    }

    /** Sees the bytes of a file pass. */
    public interface Watch {
        /** The same bytes. */
        InputStream over(InputStream in, Path file) throws IOException;
    }

    /** The log, to be read once. */
    @MustBeClosed
    public TraceReader log(ReadOptions options) throws IOException {
        return text != null ? TraceReader.open(text, name, options) : TraceReader.open(files, options);
    }

    /** Whether the input can be read more than once. */
    public boolean isReadable() {
        return !files.isEmpty();
    }

    /** The only file, null for standard input and several logs. */
    public Path file() {
        return files.size() == 1 ? files.get(0) : null;
    }

    /** Opens a file. @throws TraceFormatException if it is neither a database nor a text */
    @MustBeClosed
    public static RecordingInput open(Path file) throws IOException {
        return open(file, (in, same) -> in);
    }

    @MustBeClosed
    private static RecordingInput open(Path file, Watch watch) throws IOException {
        String name = file.toString();
        if (!Files.exists(file)) {
            throw refused(TraceInput.refusal(DiagnosticCode.MISSING_FILE, name, "there is no such file"));
        }
        if (Files.isDirectory(file)) {
            return new RecordingInput(Kind.LOG, name, List.of(file), null);
        }
        // not of Files, whose streams ask a pipe for its position
        InputStream in = new BufferedInputStream(watch.over(new FileInputStream(file.toFile()), file));
        if (isDatabase(in)) {
            in.close();
            return new RecordingInput(Kind.DATABASE, name, List.of(file), null);
        }
        return text(in, name, List.of(file));
    }

    /** Takes a stream, such as standard input. @throws TraceFormatException if it is no text */
    @MustBeClosed
    public static RecordingInput open(InputStream stream, String name) throws IOException {
        InputStream in = new BufferedInputStream(stream);
        if (isDatabase(in)) {
            throw new IOException(name + " is a database; those are read from files only");
        }
        return text(in, name, List.of());
    }

    private static RecordingInput text(InputStream in, String name, List<Path> files) throws IOException {
        try {
            InputStream text = new BufferedInputStream(TraceInput.text(in, name));
            Kind kind = Arrays.equals(peek(text, WORKLOAD.length), WORKLOAD) ? Kind.WORKLOAD : Kind.LOG;
            return new RecordingInput(kind, name, files, text);
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
