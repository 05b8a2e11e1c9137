package plescope.parser;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.diagnostic.DiagnosticLog;
import plescope.parser.diagnostic.Severity;
import plescope.parser.diagnostic.UnusableInput;
import plescope.parser.event.TraceEvent;
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
    /** Merged per-CPU buffers stay far below; the differences that perf's --deltatime prints reach a half. */
    private static final double MAX_BACKWARD_SHARE = 0.25;

    /** Below this many steps back a share says nothing. */
    private static final long MIN_BACKWARD_STEPS = 16;

    private final InputStream in;
    private final String name;
    private final ReadOptions options;

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
        return open(Files.newInputStream(log), log.toString(), options);
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
            throw truncated(e, name);
        }
    }

    /**
     * Reads to the end, passing every event to {@code sink}. May be called once.
     *
     * @throws TraceFormatException if the input is unusable or, under {@code strict}, at the first error
     */
    public ReadSummary read(Consumer<? super TraceEvent> sink) throws IOException {
        boolean compiled = options.parser() == ParserKind.COMPILED;
        LineParser parser = new LineParser(name, options.strict(), options.reorderWindowNs(), compiled, sink);
        LineSource lines = new LineSource(in);
        try {
            while (next(lines)) {
                if (lines.isTooLong()) {
                    parser.tooLong(lines.buffer(), lines.start(), lines.end());
                } else {
                    parser.parse(lines.buffer(), lines.start(), lines.end());
                }
            }
            parser.finish();
            refuseUseless(parser);
            return summary(parser);
        } catch (UnusableInput e) {
            throw refused(e);
        }
    }

    private boolean next(LineSource lines) throws IOException {
        try {
            return lines.next();
        } catch (IOException e) {
            throw truncated(e, name);
        }
    }

    private void refuseUseless(LineParser parser) {
        DiagnosticLog log = parser.diagnostics();
        long bad = log.count(Severity.ERROR) + log.count(Severity.DATA_LOSS);
        if (parser.isKvmStatTable()) {
            throw TraceInput.refusal(
                    DiagnosticCode.KVM_STAT_TABLE, name, "this is a table of perf kvm stat, not a trace");
        }
        if (parser.events() == 0 && bad == 0) {
            throw TraceInput.refusal(
                    DiagnosticCode.NO_EVENTS, name, "not one of " + parser.lines() + " lines is an event");
        }
        long backwards = parser.head().backwardSteps();
        if (backwards >= MIN_BACKWARD_STEPS && backwards > MAX_BACKWARD_SHARE * parser.events()) {
            throw TraceInput.refusal(
                    DiagnosticCode.UNORDERED,
                    name,
                    backwards + " of " + parser.events() + " events are older than the line before them");
        }
        if (bad > options.maxLoss() * parser.lines()) {
            String first = log.kept().stream()
                    .filter(found -> found.severity() == Severity.ERROR || found.severity() == Severity.DATA_LOSS)
                    .findFirst()
                    .map(found -> "; the first, in line " + found.line() + ": " + found.message())
                    .orElse("");
            throw TraceInput.refusal(
                    DiagnosticCode.TOO_MUCH_LOSS,
                    name,
                    bad + " of " + parser.lines() + " lines are damaged or lost, more than the allowed "
                            + percent(options.maxLoss()) + first);
        }
    }

    /** A share as it is given to {@code --max-loss}. */
    private static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
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

    /** Decompressors end in the middle of a file with an exception of their own. */
    private static IOException truncated(IOException e, String name) {
        String said = String.valueOf(e.getMessage());
        if (e instanceof EOFException || e instanceof ZipException || said.contains("Truncated source")) {
            return refused(TraceInput.refusal(
                    DiagnosticCode.TRUNCATED, name, "the compressed file ends too early or is damaged"));
        }
        return e;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
