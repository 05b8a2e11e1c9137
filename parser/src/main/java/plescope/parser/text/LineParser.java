package plescope.parser.text;

import java.util.Map;
import java.util.function.Consumer;
import org.antlr.v4.runtime.Token;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.diagnostic.DiagnosticLog;
import plescope.parser.event.TraceEvent;
import plescope.parser.grammar.LineRefused;
import plescope.parser.grammar.TraceLexer;

/**
 * One line in, its events out: lexer, parser and tokens are made once and reused for every line.
 *
 * <p>A line that does not fit is refused whole and reported at the byte where it stopped fitting; the next line is not
 * affected.
 */
public final class LineParser {
    private final LineBytes line = new LineBytes();
    private final LineLexer lexer;
    private final LineTokens tokens;
    private final LineRules rules;
    private final Findings findings;
    private final EventSequence sequence;
    private final LineHead head;
    private final LogFacts facts = new LogFacts();
    private final Tracepoints tracepoints = new Tracepoints();
    private long lines;

    /** @param compiled whether lines go through the code that the build makes of the grammar, or through ANTLR's own */
    public LineParser(
            String source, boolean strict, long reorderWindowNs, boolean compiled, Consumer<? super TraceEvent> sink) {
        findings = new Findings(source, strict, line);
        sequence = new EventSequence(reorderWindowNs, sink);
        head = new LineHead(line, findings, sequence);
        lexer = compiled ? new CompiledLexer(line) : new StockLexer(line);
        tokens = new LineTokens(line, lexer);
        LineRecords records = new LineRecords(line, head, sequence, facts, findings, tracepoints);
        KvmEvents kvm = new KvmEvents(line, head, sequence, facts, tracepoints);
        SchedEvents sched = new SchedEvents(line, head, sequence, findings, tracepoints);
        rules = compiled
                ? LineRules.compiled(tokens, records, kvm, sched)
                : LineRules.stock(tokens, records, kvm, sched);
    }

    /** Parses the bytes of one line; behind them stand a newline and {@link LineSource#MARGIN} bytes of anything. */
    public void parse(byte[] buffer, int from, int to) {
        line.set(buffer, from, to);
        lines++;
        head.startLine(lines);
        findings.startLine(lines);
        if (from == to) {
            return;
        }
        tokens.begin();
        if (tokens.LA(1) == TraceLexer.JUNK) {
            findings.note(DiagnosticCode.NOT_A_TRACE_LINE, -1, "not an event and no known head");
            return;
        }
        try {
            rules.line();
            readTails();
        } catch (LineRefused e) {
            damaged();
        }
    }

    /** A line longer than any event: counted, reported, skipped. */
    public void tooLong(byte[] buffer, int from, int to) {
        line.set(buffer, from, to);
        findings.startLine(++lines);
        findings.note(DiagnosticCode.LINE_TOO_LONG, -1, "the line is longer than " + LineSource.MAX_LINE + " bytes");
    }

    /** The fields behind an exit's rip say how old the kernel is; they are looked at in a few lines only. */
    private void readTails() {
        if (lexer.mode() == TraceLexer.KVM_EXIT_TAIL && facts.kernel().wantsExitTail()) {
            int tail = tokens.LA(1);
            if (tail == TraceLexer.TAIL_6_14 || tail == TraceLexer.TAIL_5_10) {
                rules.exitTail();
            }
        }
    }

    private void damaged() {
        Token stuck = tokens.LT(1);
        boolean inEvent = lexer.mode() == TraceLexer.EVENT;
        DiagnosticCode code = inEvent ? DiagnosticCode.NO_EVENT_NAME : DiagnosticCode.DAMAGED_PAYLOAD;
        if (!findings.wants(code)) {
            findings.tally(code);
            return;
        }
        int at = tokens.stuckAt(stuck);
        findings.report(code, at, inEvent ? "expected an event name behind the time" : Expectation.message(line, at));
    }

    /** The input has ended: passes on the events that still wait for their order. */
    public void finish() {
        sequence.finish();
        facts.finish();
    }

    public long lines() {
        return lines;
    }

    public long events() {
        return tracepoints.total();
    }

    /** True if the text is a table of perf kvm stat. */
    public boolean isKvmStatTable() {
        return facts.isKvmStatTable();
    }

    public DiagnosticLog diagnostics() {
        return findings.log();
    }

    /** Tracepoints by the kernel's name, most frequent first. */
    public Map<String, Long> tracepoints() {
        return tracepoints.counts();
    }

    /** Vendor, kernel, heads and losses. */
    public LogFacts facts() {
        return facts;
    }

    /** Clock and dialect. */
    public LineHead head() {
        return head;
    }
}
