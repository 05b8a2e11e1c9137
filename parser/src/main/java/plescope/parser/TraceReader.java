package plescope.parser;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.diagnostic.UnusableInput;
import plescope.parser.event.TraceEvent;
import plescope.parser.text.ChunkedReading;
import plescope.parser.text.KernelFacts;
import plescope.parser.text.LineHead;
import plescope.parser.text.LineParser;
import plescope.parser.text.LineSource;
import plescope.parser.text.LogFacts;
import plescope.parser.text.LogParts;
import plescope.parser.text.MergedLines;

/**
 * Door 1: log text in, events out, one streaming pass in bounded memory.
 *
 * <p>Events arrive in time order (ties in input order). Compression is recognised by magic bytes. A line older than what has
 * already been passed on keeps its place and gets the time of its predecessor, as an ERROR.
 */
public final class TraceReader implements Closeable {
    private final LogParts parts;
    private final String name;
    private final ReadOptions options;
    private int chunkBytes = ChunkedReading.CHUNK_BYTES;
    private long chunksParsedAgain;

    private TraceReader(LogParts parts, String name, ReadOptions options) {
        this.parts = parts;
        this.name = name;
        this.options = options;
    }

    /** Opens a log file, or a folder of per-CPU files. @throws TraceFormatException if it cannot be a text log, with the command that would make one */
    @MustBeClosed
    public static TraceReader open(Path log, ReadOptions options) throws IOException {
        return open(List.of(log), options);
    }

    /**
     * Opens the files of one recording, whose lines are merged by their clock: pieces of a log, a log for each CPU, folders and archives of
     * such.
     */
    @MustBeClosed
    public static TraceReader open(List<Path> logs, ReadOptions options) throws IOException {
        if (logs.isEmpty()) {
            throw new IllegalArgumentException("no log is named");
        }
        String name = logs.stream().map(Path::toString).collect(Collectors.joining(", "));
        return open(logs.size() == 1 ? logs.get(0).toString() : name, options, parts -> {
            for (Path log : logs) {
                parts.add(log);
            }
        });
    }

    /** Reads a log, or an archive of logs, from a stream, such as standard input; {@code name} stands in messages. */
    @MustBeClosed
    public static TraceReader open(InputStream in, String name, ReadOptions options) throws IOException {
        return open(name, options, parts -> parts.add(in, name));
    }

    private interface Filling {
        void fill(LogParts parts) throws IOException;
    }

    private static TraceReader open(String name, ReadOptions options, Filling filling) throws IOException {
        LogParts parts = new LogParts();
        try {
            filling.fill(parts);
            return new TraceReader(parts, name, options);
        } catch (UnusableInput e) {
            parts.close();
            throw refused(e);
        } catch (IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /**
     * Reads to the end, passing every event to {@code sink}. May be called once.
     *
     * @throws TraceFormatException if the input is unusable or, under {@code strict}, at the first error
     */
    public ReadSummary read(Consumer<? super TraceEvent> sink) throws IOException {
        LineParser parser = new LineParser(parts.names(), options.ofLines(), sink);
        try {
            readLines(parser);
            parser.finish();
            InputVerdict.refuseUseless(parser, options, name);
            return summary(parser);
        } catch (UnusableInput e) {
            throw refused(e);
        }
    }

    private void readLines(LineParser parser) throws IOException {
        if (parts.logs().size() > 1) {
            MergedLines lines = new MergedLines(parts.logs());
            lines.read(parser);
            if (lines.separate() != null) {
                parser.report(DiagnosticCode.SEPARATE_LOGS, lines.separate());
            }
            return;
        }
        InputStream in = parts.logs().get(0).text();
        if (options.threads() > 1 && !options.rejoin()) {
            ChunkedReading chunks = new ChunkedReading(in, parser, options.threads(), chunkBytes);
            chunks.read();
            chunksParsedAgain = chunks.chunksParsedAgain();
        } else {
            parser.parse(new LineSource(in));
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
                parts.names(),
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
        parts.close();
    }
}
