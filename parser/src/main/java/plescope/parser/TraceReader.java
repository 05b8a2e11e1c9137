package plescope.parser;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.diagnostic.UnusableInput;
import plescope.parser.event.TraceEvent;
import plescope.parser.text.ChunkedReading;
import plescope.parser.text.KernelFacts;
import plescope.parser.text.LineHead;
import plescope.parser.text.LineParser;
import plescope.parser.text.LineSource;
import plescope.parser.text.LogFacts;
import plescope.parser.text.TraceInput;

/**
 * Door 1: log text in, events out, one streaming pass in bounded memory.
 *
 * <p>Events arrive in time order (ties in input order). Compression is recognised by magic bytes. A line older than what has
 * already been passed on keeps its place and gets the time of its predecessor, as an ERROR.
 */
public final class TraceReader implements Closeable {
    private final InputStream in;
    private final String name;
    private final ReadOptions options;
    private int chunkBytes = ChunkedReading.CHUNK_BYTES;
    private long chunksParsedAgain;

    private TraceReader(InputStream in, String name, ReadOptions options) {
        this.in = in;
        this.name = name;
        this.options = options;
    }

    /** Opens a log file. @throws TraceFormatException if it cannot be a text log, with the command that would make one */
    @MustBeClosed
    public static TraceReader open(Path log, ReadOptions options) throws IOException {
        if (!Files.exists(log)) {
            throw refused(TraceInput.refusal(DiagnosticCode.MISSING_FILE, log.toString(), "there is no such file"));
        }
        if (Files.isDirectory(log)) {
            throw refused(TraceInput.refusal(DiagnosticCode.DIRECTORY, log.toString(), "this is a directory"));
        }
        // not of Files, whose streams ask a pipe for its position
        return open(new FileInputStream(log.toFile()), log.toString(), options);
    }

    /** Reads a log from a stream, such as standard input; {@code name} stands in messages. */
    @MustBeClosed
    public static TraceReader open(InputStream in, String name, ReadOptions options) throws IOException {
        try {
            return new TraceReader(TraceInput.text(in, name), name, options);
        } catch (UnusableInput e) {
            in.close();
            throw refused(e);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /**
     * Reads to the end, passing every event to {@code sink}. May be called once.
     *
     * @throws TraceFormatException if the input is unusable or, under {@code strict}, at the first error
     */
    public ReadSummary read(Consumer<? super TraceEvent> sink) throws IOException {
        LineParser parser = new LineParser(name, options, sink);
        try {
            if (options.threads() > 1 && !options.rejoin()) {
                ChunkedReading chunks = new ChunkedReading(in, parser, options.threads(), chunkBytes);
                chunks.read();
                chunksParsedAgain = chunks.chunksParsedAgain();
            } else {
                parser.parse(new LineSource(in));
            }
            parser.finish();
            InputVerdict.refuseUseless(parser, options, name);
            return summary(parser);
        } catch (UnusableInput e) {
            throw refused(e);
        }
    }

    /** Cuts the text after this many bytes where several threads read it. */
    void cutAfter(int bytes) {
        chunkBytes = bytes;
    }

    /** In how many chunks some lines needed what came before the chunk. */
    long chunksParsedAgain() {
        return chunksParsedAgain;
    }

    private ReadSummary summary(LineParser parser) {
        LineHead head = parser.head();
        LogFacts facts = parser.facts();
        KernelFacts kernel = facts.kernel();
        return new ReadSummary(
                name,
                format(head),
                facts.isa(),
                parser.lines(),
                parser.tracepoints(),
                head.firstClock(),
                head.lastClock(),
                head.resolutionNs(),
                facts.lostEvents(),
                parser.reordered(),
                facts.header(),
                new KernelHints(
                        facts.header().get("os release"),
                        kernel.atLeast(),
                        kernel.before(),
                        kernel.fastpathIpiBeforeExit()),
                parser.diagnostics());
    }

    private static TraceFormat format(LineHead head) {
        if (head.perfLines() + head.dashLines() == 0) {
            return TraceFormat.UNKNOWN;
        }
        if (head.perfLines() >= head.dashLines()) {
            return TraceFormat.PERF_SCRIPT;
        }
        return head.isTraceCmd() ? TraceFormat.TRACE_CMD : TraceFormat.FTRACE;
    }

    private static TraceFormatException refused(UnusableInput e) {
        TraceFormatException refusal = new TraceFormatException(e.diagnostic());
        refusal.initCause(e);
        return refusal;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
