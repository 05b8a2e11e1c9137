package plescope.parser.text;

import org.antlr.v4.runtime.Token;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.event.TraceEvent;
import plescope.parser.text.BatchStep.NameNote;

/** When, where and in whose context the current line happened: clock readings become times from the first event. */
public final class LineHead {
    private static final long NS_PER_S = 1_000_000_000;

    private static final int UNKNOWN_PCPU = -1;
    private static final int UNKNOWN_VCPU = -1;

    /** Enough lines to tell trace-cmd's padded event names from ftrace's. */
    private static final int LINES_TO_JUDGE = 64;

    private final LineBytes line;
    private final Findings findings;
    private final EventSequence sequence;
    private final Prefix prefix;
    private final ThreadNaming naming;
    private final long clockHz;

    private long number;
    /** The last line with an impossible CPU: however many it names, it is one damaged line. */
    private long noPcpuAt = -1;

    private long timestampNs;
    private boolean started;
    private long firstClock;
    /** The first clock reading of the chunk, or of the log. */
    private long openingClock;

    private boolean stamped;
    private long lastClock;
    private long previousClock;
    private long backwardSteps;
    private int decimals;
    private long perfLines;
    private long dashLines;
    private long paddedLines;
    private boolean judged;
    private boolean traceCmd;
    private boolean dash;

    LineHead(LineBytes line, PrefixCache prefixes, Findings findings, EventSequence sequence, long clockHz) {
        this.line = line;
        this.findings = findings;
        this.sequence = sequence;
        this.clockHz = clockHz;
        prefix = new Prefix(line, prefixes);
        naming = new ThreadNaming(line, prefix, sequence);
    }

    /** For a chunk of a log: the clock reading that times count from is known already. */
    void startAt(long clock) {
        started = true;
        firstClock = clock;
    }

    /** The log has shown its first clock reading. */
    boolean isStarted() {
        return started;
    }

    void startLine(long lineNumber) {
        number = lineNumber;
        naming.startLine(lineNumber);
    }

    void perf(Token token) {
        prefix.perf(token);
        dash = false;
    }

    void ftrace(Token token) {
        prefix.ftrace(token);
        dash = true;
        judgePadding(token);
    }

    /** perf -L and ftrace cut the comm to 8 bytes; what follows it tells them apart. */
    void latency(Token token) {
        prefix.latency(token);
        boolean microseconds = line.at(token.getStopIndex() - 2) == 's';
        dash = microseconds || line.at(Prefix.LATENCY_COMM) == '-';
        if (dash) {
            judgePadding(token);
        }
    }

    void verbose(Token token) {
        prefix.verbose(token);
        dash = true;
    }

    void time(Token token) {
        prefix.time(token);
        dash = false;
    }

    /** trace-cmd pads event names to 20 columns and one blank, ftrace prints one blank. */
    private void judgePadding(Token token) {
        judged = true;
        if (dashLines < LINES_TO_JUDGE) {
            int at = token.getStopIndex() + 2;
            while (at < line.size() && line.at(at) != ' ') {
                at++;
            }
            paddedLines += at + 1 < line.size() && line.at(at + 1) == ' ' ? 1 : 0;
        }
    }

    void traceCmdHead() {
        traceCmd = true;
    }

    /** The line is an event: counts it, fixes its time and names its thread before the event goes out. */
    void open(Tracepoints.Tracepoint tracepoint) {
        tracepoint.count++;
        if (dash) {
            dashLines++;
        } else {
            perfLines++;
        }
        stamp();
        naming.prefix(timestampNs);
    }

    /** As {@link #open} for a record that is no tracepoint. */
    void stamp() {
        if (prefix.decimals == 0) {
            clockWithoutDecimals();
        }
        if (prefix.clock < 0) {
            sequence.needsPast();
            findings.note(DiagnosticCode.DAMAGED_PREFIX, -1, "the time is beyond 2^63 ns, 292 years");
            prefix.clock = previousClock;
        }
        if (prefix.pcpu != UNKNOWN_PCPU && !isPcpu(prefix.pcpu)) {
            findings.note(DiagnosticCode.DAMAGED_PREFIX, -1, "no kernel has a CPU of this number");
            prefix.pcpu = UNKNOWN_PCPU;
            noPcpuAt = number;
        }
        if (!stamped) {
            firstStamp();
        }
        backwardSteps += prefix.clock < previousClock ? 1 : 0;
        previousClock = prefix.clock;
        decimals = Math.max(decimals, prefix.decimals);
        lastClock = Math.max(lastClock, prefix.clock);
        timestampNs = prefix.clock - firstClock;
        if (sequence.isTooLate(timestampNs)) {
            clockBackwards();
            timestampNs = sequence.placeNs();
        }
    }

    private void firstStamp() {
        if (!started) {
            startAt(prefix.clock);
        }
        stamped = true;
        openingClock = prefix.clock;
        previousClock = prefix.clock;
        lastClock = prefix.clock;
    }

    /** A clock that counts ticks shows from the first line on; later it is damage, and the line keeps its place. */
    private void clockWithoutDecimals() {
        if (clockHz > 0) {
            // whole seconds apart, so that a count of years stays below 2^63
            long seconds = prefix.clock / clockHz;
            prefix.clock = seconds < Long.MAX_VALUE / NS_PER_S
                    ? seconds * NS_PER_S + prefix.clock % clockHz * NS_PER_S / clockHz
                    : -1;
            return;
        }
        if (!started) {
            throw findings.refusal(
                    DiagnosticCode.INTEGER_CLOCK, -1, "the clock counts ticks of unknown length, not seconds");
        }
        sequence.needsPast();
        findings.note(DiagnosticCode.DAMAGED_PREFIX, -1, "expected a time with decimals, as in the lines before");
        prefix.clock = previousClock;
    }

    private void clockBackwards() {
        if (findings.wants(DiagnosticCode.CLOCK_BACKWARDS)) {
            long back = sequence.newestNs() - timestampNs;
            findings.report(
                    DiagnosticCode.CLOCK_BACKWARDS,
                    -1,
                    "the clock goes backwards by " + back + " ns, more than the reorder window");
        } else {
            findings.tally(DiagnosticCode.CLOCK_BACKWARDS);
        }
    }

    /** A comm inside the payload names its thread until a prefix does. */
    void payloadName(int tid, int from, int to) {
        naming.payload(timestampNs, tid, from, to);
    }

    /** {@code PERF_RECORD_COMM}: often printed with time 0, before the first event. */
    void commRecord(int tid, int tgid, int from, int to) {
        naming.commRecord(tid, tgid, from, to);
    }

    /** {@code PERF_RECORD_FORK}: the new thread has its parent's name, and nothing of an older thread with its id. */
    void forked(int tid, int tgid, int parentTid) {
        naming.forked(tid, tgid, parentTid);
    }

    /** Another record told the process of a thread. */
    void process(int tid, int tgid) {
        naming.process(tid, tgid);
    }

    /** Notes what a chunk showed of a thread. */
    void apply(NameNote note) {
        naming.apply(note);
    }

    /** Whether a chunk's dialect can be judged without the lines before it. */
    boolean agrees(LineHead chunk) {
        return !chunk.judged || dashLines >= LINES_TO_JUDGE;
    }

    /** Adds what the chunk that follows showed of clock and dialect. */
    void absorb(LineHead chunk) {
        traceCmd |= chunk.traceCmd;
        perfLines += chunk.perfLines;
        dashLines += chunk.dashLines;
        if (chunk.stamped) {
            backwardSteps += chunk.backwardSteps + (chunk.openingClock < previousClock ? 1 : 0);
            previousClock = chunk.previousClock;
            lastClock = Math.max(lastClock, chunk.lastClock);
            decimals = Math.max(decimals, chunk.decimals);
        }
    }

    /** The end of the log: whether one tool wrote all of it can be said now. */
    void finish() {
        long fewer = Math.min(perfLines, dashLines);
        if (fewer > 0) {
            findings.noteLog(
                    DiagnosticCode.SEVERAL_PRODUCERS,
                    perfLines + " events in perf's columns, " + dashLines + " in ftrace's or trace-cmd's");
        }
    }

    long number() {
        return number;
    }

    long timestampNs() {
        return timestampNs;
    }

    int tid() {
        return prefix.tid;
    }

    int pcpu() {
        return prefix.pcpu;
    }

    /** The CPU that a payload names; one that no kernel has is damage, and unknown. */
    int named(int pcpu) {
        if (pcpu == UNKNOWN_PCPU || isPcpu(pcpu)) {
            return pcpu;
        }
        if (noPcpuAt != number) {
            noPcpuAt = number;
            findings.note(DiagnosticCode.DAMAGED_PAYLOAD, -1, "no kernel has a CPU of the number that the event names");
        }
        return UNKNOWN_PCPU;
    }

    /** The vCPU that a payload names, negative for none; one that no VM has is damage, and unknown. */
    int vcpu(long id) {
        if (id >= UNKNOWN_VCPU && id < TraceEvent.MAX_VCPU_IDS) {
            return (int) id;
        }
        findings.note(DiagnosticCode.DAMAGED_PAYLOAD, -1, "no VM has a vCPU of this number");
        return UNKNOWN_VCPU;
    }

    private static boolean isPcpu(int pcpu) {
        return pcpu >= 0 && pcpu < TraceEvent.MAX_PCPUS;
    }

    public long firstClock() {
        return firstClock;
    }

    public long lastClock() {
        return lastClock;
    }

    /** Step of the printed clock in nanoseconds. */
    public long resolutionNs() {
        if (decimals == 0 && clockHz > 0) {
            return Math.max(NS_PER_S / clockHz, 1);
        }
        return decimals > 6 ? 1 : 1000;
    }

    /** Lines that were older than the line before them. */
    public long backwardSteps() {
        return backwardSteps;
    }

    public long perfLines() {
        return perfLines;
    }

    /** Lines of ftrace and trace-cmd, which part comm and pid by a dash. */
    public long dashLines() {
        return dashLines;
    }

    public boolean isTraceCmd() {
        return traceCmd || paddedLines * 2 > Math.min(dashLines, LINES_TO_JUDGE);
    }
}
