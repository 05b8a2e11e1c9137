package plescope.parser.text;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.antlr.v4.runtime.Token;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.diagnostic.DiagnosticLog;
import plescope.parser.event.TraceEvent;
import plescope.parser.grammar.LineRefused;
import plescope.parser.grammar.TraceActions;
import plescope.parser.grammar.TraceLexer;

/**
 * One line in, its events out: lexer, parser and tokens are made once and reused for every line.
 *
 * <p>A line that does not fit is refused whole and reported at the byte where it stopped fitting; the next line is not
 * affected.
 */
public final class LineParser {
    private static final String SCHED_SWITCH = "sched_switch";

    private final LineBytes line = new LineBytes();
    private final LineLexer lexer;
    private final LineTokens tokens;
    private final LineRules rules;
    private final Findings findings;
    private final List<String> sources;
    private final LineOptions options;
    private final ExitReasons reasons;
    private final EventSequence sequence;
    private final LineHead head;
    private final LogFacts facts;
    private final Tracepoints tracepoints = new Tracepoints();
    private final UnfinishedLine unfinished = new UnfinishedLine();
    private final PastedLine pasted = new PastedLine();
    private final TrimmedExit trimmed;
    private final boolean rejoin;
    private boolean holdUnfinished = true;
    private long lines;
    private boolean page;

    /** @param sources names of the logs, the first of which has the line numbers from 1 */
    public LineParser(List<String> sources, LineOptions options, Consumer<? super TraceEvent> sink) {
        this(sources, options, new ExitReasons(), new LogFacts(false), sink);
    }

    private LineParser(
            List<String> sources,
            LineOptions options,
            ExitReasons reasons,
            LogFacts facts,
            Consumer<? super TraceEvent> sink) {
        this(
                sources,
                options,
                new ReorderWindow(options.reorderWindowNs(), new ExitVendor(reasons, facts, sink)),
                reasons,
                facts);
    }

    private LineParser(
            List<String> sources, LineOptions options, EventSequence sequence, ExitReasons reasons, LogFacts facts) {
        this.sources = sources;
        this.options = options;
        this.sequence = sequence;
        this.reasons = reasons;
        this.facts = facts;
        findings = new Findings(sources, options.strict(), line);
        rejoin = options.rejoin();
        trimmed = new TrimmedExit(reasons);
        PrefixCache prefixes = new PrefixCache(line);
        head = new LineHead(line, prefixes, findings, sequence, options.clockHz());
        TraceActions actions = new TraceActions(
                new LineRecords(line, head, sequence, facts, findings, tracepoints),
                new KvmEvents(line, head, sequence, facts, findings, tracepoints, reasons),
                new RawKvmEvents(line, head, sequence, facts, findings, tracepoints, reasons),
                new ArchEvents(line, head, sequence, facts, tracepoints, reasons),
                new SchedEvents(line, head, sequence, facts, findings, tracepoints),
                new HostEvents(line, head, sequence, facts, tracepoints));
        boolean compiled = options.compiled();
        lexer = compiled ? new CompiledLexer(line) : new StockLexer(line);
        tokens = new LineTokens(line, lexer, compiled ? prefixes : null);
        rules = compiled ? LineRules.compiled(tokens, actions) : LineRules.stock(tokens, actions);
    }

    /** A parser for a chunk of the same log, which begins at a line of this number; its events go into a batch. */
    LineParser ofChunk(long firstLine, EventBatch batch) {
        LineParser chunk = new LineParser(sources, options, batch, reasons, new LogFacts(true));
        chunk.lines = firstLine - 1;
        chunk.page = page;
        chunk.head.startAt(head.firstClock());
        chunk.tracepoints.add(SCHED_SWITCH).before = tracepoints.add(SCHED_SWITCH).count > 0;
        return chunk;
    }

    /** Parses all lines. */
    public void parse(LineSource source) throws IOException {
        while (source.next()) {
            parse(source, lines + 1);
        }
    }

    /** Parses a line that has this number in messages and events. */
    void parse(LineSource source, long number) {
        if (lines++ == 0) {
            page = source.start() < source.end() && source.buffer()[source.start()] == '<';
        }
        if (source.isTooLong()) {
            tooLong(source.buffer(), source.start(), source.end(), number);
        } else {
            begin(source.buffer(), source.start(), source.end(), number);
        }
    }

    /** Parses the bytes of one line; behind them stand a newline and {@link LineSource#MARGIN} bytes of anything. */
    private void begin(byte[] buffer, int from, int to, long number) {
        if (!rejoin) {
            take(buffer, from, to, number);
        } else if (pasted.add(buffer, from, to)) {
            take(pasted.bytes(), 0, pasted.length(), number);
        }
    }

    private void take(byte[] buffer, int from, int to, long number) {
        if (unfinished.isOpen() && continues(buffer, from, to)) {
            return;
        }
        if (!parse(buffer, from, to, number)) {
            unfinished.begin(buffer, from, to, number);
        }
    }

    /** A line without a head of its own belongs, in a mail, to the unfinished one before it, which is damage otherwise. */
    private boolean continues(byte[] buffer, int from, int to) {
        if (!TrimmedExit.isRest(buffer, from, to) && readTrimmed()) {
            return false;
        }
        if (rejoin && from < to && unfinished.takesMore() && !isHead(buffer, from, to)) {
            unfinished.append(buffer, from, to);
            if (parse(unfinished.bytes(), 0, unfinished.length(), unfinished.number())) {
                findings.note(DiagnosticCode.MENDED, -1, "this event was put together of several lines");
                unfinished.close();
            }
            return true;
        }
        holdUnfinished = false;
        parse(unfinished.bytes(), 0, unfinished.length(), unfinished.number());
        holdUnfinished = true;
        unfinished.close();
        return false;
    }

    /** An exit that ends behind its reason is whole where the next line does not go on with it. */
    private boolean readTrimmed() {
        if (unfinished.isWhole() && trimmed.completes(unfinished.bytes(), 0, unfinished.length())) {
            parse(trimmed.bytes(), 0, trimmed.length(), unfinished.number());
            unfinished.close();
            return true;
        }
        return false;
    }

    private boolean isHead(byte[] buffer, int from, int to) {
        line.set(buffer, from, to);
        tokens.begin();
        return tokens.hasHead();
    }

    /** False if the line breaks off in an event and is held back unreported. */
    private boolean parse(byte[] buffer, int from, int to, long number) {
        line.set(buffer, from, to);
        head.startLine(number);
        findings.startLine(number);
        if (from == to) {
            return true;
        }
        tokens.begin();
        if (tokens.LA(1) == TraceLexer.JUNK) {
            findings.note(DiagnosticCode.NOT_A_TRACE_LINE, -1, "not an event and no known head");
            return true;
        }
        try {
            rules.line();
            readTails();
            return true;
        } catch (LineRefused e) {
            return damaged();
        }
    }

    /** A line longer than any event: counted, reported, skipped. Web pages hold scripts of that length. */
    private void tooLong(byte[] buffer, int from, int to, long number) {
        line.set(buffer, from, to);
        findings.startLine(number);
        if (page) {
            findings.note(DiagnosticCode.NOT_A_TRACE_LINE, -1, "not an event and no known head");
            return;
        }
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

    /** Reports a damaged line; false if it is held back instead, because the next may bring its rest. */
    private boolean damaged() {
        Token stuck = tokens.LT(1);
        boolean inEvent = lexer.mode() == TraceLexer.EVENT;
        int at = tokens.stuckAt(stuck);
        int text = textEnd(line.buffer(), line.offset() + line.size());
        if (text < line.offset() + line.size()) {
            return parseUpTo(text);
        }
        if (holdUnfinished && at >= line.size()) {
            return false;
        }
        if (!inEvent
                && at < line.size()
                && trimmed.completes(line.buffer(), line.offset(), line.offset() + line.size())) {
            return parse(trimmed.bytes(), 0, trimmed.length(), head.number());
        }
        DiagnosticCode code = inEvent ? DiagnosticCode.NO_EVENT_NAME : DiagnosticCode.DAMAGED_PAYLOAD;
        if (!findings.wants(code)) {
            findings.tally(code);
            return true;
        }
        findings.report(code, at, inEvent ? "expected an event name behind the time" : Expectation.message(line, at));
        return true;
    }

    /** The line held back has a line with a head of its own behind it, so it is neither the log's last nor wrapped. */
    void settleUnfinished() {
        if (unfinished.isOpen()) {
            continues(unfinished.bytes(), 0, 0);
        }
    }

    /** Whether a line is held back unreported, because the next may bring its rest. */
    boolean isUnfinished() {
        return unfinished.isOpen();
    }

    /** Whether what a chunk's parser made of its lines is what this one would make of them, order apart. */
    boolean agrees(LineParser chunk, EventBatch batch) {
        return !batch.isInNeedOfPast()
                && !chunk.isUnfinished()
                && order().isNewestAtMost(batch.newestAssumedNs())
                && head.agrees(chunk.head)
                && tracepoints.agree(chunk.tracepoints);
    }

    /** Adds what a chunk's parser found beside events. */
    void absorb(LineParser chunk) {
        lines = chunk.lines;
        head.absorb(chunk.head);
        facts.absorb(chunk.facts);
        tracepoints.absorb(chunk.tracepoints);
        findings.log().absorb(chunk.findings.log());
    }

    /** The log's own order; batches have none. */
    ReorderWindow order() {
        return (ReorderWindow) sequence;
    }

    /** Lines that people copy often got blanks at their end; the pages of systrace hold the log as text of a script. */
    private static int textEnd(byte[] buffer, int to) {
        int end = to;
        while (buffer[end - 1] == ' ' || buffer[end - 1] == '\t') {
            end--;
        }
        boolean script = buffer[end - 1] == '\\' && buffer[end - 2] == 'n' && buffer[end - 3] == '\\';
        return script ? end - 3 : end;
    }

    private boolean parseUpTo(int to) {
        byte[] buffer = line.buffer();
        byte blank = buffer[to];
        buffer[to] = '\n';
        boolean whole = parse(buffer, line.offset(), to, head.number());
        buffer[to] = blank;
        return whole;
    }

    /** Says something about the input as a whole. */
    public void report(DiagnosticCode code, String message) {
        line.set(new byte[0], 0, 0);
        findings.startLine(0);
        findings.note(code, -1, message);
    }

    /** The input has ended: passes on the events that still wait for their order. */
    public void finish() {
        if (pasted.end()) {
            take(pasted.bytes(), 0, pasted.length(), lines);
        }
        if (unfinished.isOpen() && !readTrimmed()) {
            line.set(unfinished.bytes(), 0, unfinished.length());
            findings.startLine(unfinished.number());
            findings.note(DiagnosticCode.LAST_LINE_CUT, -1, "the log ends in the middle of this event");
        }
        order().finish();
        head.finish();
        facts.finish(findings);
    }

    public long lines() {
        return lines;
    }

    /** How many of the reported lines break off in the middle of an event, as wrapped ones do. */
    public long cutShort() {
        return findings.cutShort();
    }

    /** How many of the reported lines hold the escapes of a mail or a web page. */
    public long escaped() {
        return findings.escaped();
    }

    public long events() {
        return tracepoints.total();
    }

    /** How many events stood behind later ones in the log and were sorted. */
    public long reordered() {
        return order().moved();
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
