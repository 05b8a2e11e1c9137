package plescope.parser;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import plescope.parser.event.TraceEvent;

/**
 * Door 1: log text in, events out, one streaming pass in bounded memory.
 *
 * <p>Events arrive in time order (ties in input order). Compression is recognised by magic bytes.
 */
public final class TraceReader implements Closeable {
    private final InputStream in;

    private TraceReader(InputStream in) {
        this.in = in;
    }

    /** Opens a log file. @throws TraceFormatException if it cannot be a text log, with the command that would make one */
    @MustBeClosed
    public static TraceReader open(Path log, ReadOptions options) throws IOException {
        return open(Files.newInputStream(log), log.toString(), options);
    }

    /** Reads a log from a stream, such as standard input; {@code name} stands in messages. */
    @MustBeClosed
    public static TraceReader open(InputStream in, String name, ReadOptions options) throws IOException {
        return new TraceReader(in);
    }

    /**
     * Reads to the end, passing every event to {@code sink}. May be called once.
     *
     * @throws TraceFormatException if the input is unusable or, under {@code strict}, at the first error
     */
    public ReadSummary read(Consumer<? super TraceEvent> sink) throws IOException {
        if (in.read() >= 0) {
            throw new IOException("not written yet");
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
