package plescope.parser.text;

import org.antlr.v4.runtime.Token;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.event.EventsLost;
import plescope.parser.event.OtherEvent;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.TaskState;
import plescope.parser.event.TraceEvent;
import plescope.parser.grammar.LineActions;
import plescope.parser.text.Tracepoints.Tracepoint;

/** Takes what the grammar reports beside KVM and scheduler payloads: prefixes, heads, losses, and events without a rule. */
final class LineRecords implements LineActions {
    private final LineBytes line;
    private final LineHead head;
    private final EventSequence sequence;
    private final LogFacts facts;
    private final Findings findings;
    private final Tracepoints tracepoints;
    private final Tracepoint schedSwitch;
    private final Tracepoint perfSwitch;
    private int tid;
    private int tgid;
    private int parentTid;

    LineRecords(
            LineBytes line,
            LineHead head,
            EventSequence sequence,
            LogFacts facts,
            Findings findings,
            Tracepoints tracepoints) {
        this.line = line;
        this.head = head;
        this.sequence = sequence;
        this.facts = facts;
        this.findings = findings;
        this.tracepoints = tracepoints;
        schedSwitch = tracepoints.add("sched_switch");
        perfSwitch = tracepoints.add("PERF_RECORD_SWITCH_CPU_WIDE");
    }

    private void add(TraceEvent event) {
        sequence.add(event);
    }

    @Override
    public void perfPrefix(Token prefix) {
        head.perf(prefix);
    }

    @Override
    public void ftracePrefix(Token prefix) {
        head.ftrace(prefix);
    }

    @Override
    public void latencyPrefix(Token prefix) {
        head.latency(prefix);
    }

    @Override
    public void verbosePrefix(Token prefix) {
        head.verbose(prefix);
    }

    @Override
    public void timePrefix(Token prefix) {
        head.time(prefix);
    }

    /** {@code   kvm:kvm_fpu:}, {@code cycles:u:}: blanks, systems, modifiers and all but the last name go. */
    @Override
    public void other(Token name) {
        int end = name.getStopIndex();
        int begin = nameBegin(name, end);
        if (begin > name.getStartIndex() && line.at(begin - 1) == ':' && isModifier(begin, end)) {
            end = begin - 1;
            begin = nameBegin(name, end);
        }
        other(begin, beforeOffset(begin, end));
    }

    private int nameBegin(Token name, int end) {
        int begin = end;
        while (begin > name.getStartIndex() && line.at(begin - 1) != ':' && line.at(begin - 1) != ' ') {
            begin--;
        }
        return begin;
    }

    /** perf's modifiers of hardware events: {@code u}, {@code ppp}, {@code kHG}; no tracepoint has such a name. */
    private boolean isModifier(int begin, int end) {
        for (int at = begin; at < end; at++) {
            if ("ukhGHpPSDIe".indexOf(line.at(at)) < 0) {
                return false;
            }
        }
        return end > begin;
    }

    /** {@code schedule+0x12/0x80}: where in a function the record was made is no part of its name. */
    private int beforeOffset(int begin, int end) {
        for (int at = begin; at < end; at++) {
            if (line.at(at) == '+') {
                return at;
            }
        }
        return end;
    }

    /** {@code  name <-}, {@code  name -> } or {@code  name(}. */
    @Override
    public void function(Token name) {
        int end = name.getStopIndex();
        while (line.at(end - 1) == ' ' || "<->".indexOf(line.at(end - 1)) >= 0) {
            end--;
        }
        int begin = end;
        while (begin > name.getStartIndex() && line.at(begin - 1) != ' ') {
            begin--;
        }
        other(begin, beforeOffset(begin, end));
    }

    @Override
    public void entry(String name) {
        other(tracepoints.add(name));
    }

    private void other(int begin, int end) {
        other(tracepoints.get(line.buffer(), line.offset() + begin, line.offset() + end));
    }

    private void other(Tracepoint tracepoint) {
        if (tracepoint.count == 0) {
            facts.kernel().otherTracepoint(tracepoint.name);
        }
        head.open(tracepoint);
        add(new OtherEvent(head.timestampNs(), head.pcpu(), head.tid(), head.number(), tracepoint.name));
    }

    @Override
    public void perfLost(Token record) {
        head.stamp();
        lost(head.timestampNs(), head.pcpu(), head.tid(), new FromRight(line, record).decimal());
    }

    @Override
    public void lostEvents(Token record, boolean counted) {
        long count = counted ? countOf(record) : -1;
        int at = record.getStartIndex() + "CPU:".length();
        int pcpu = 0;
        while (FromRight.isDigit(line.at(at))) {
            pcpu = pcpu * 10 + line.at(at++) - '0';
        }
        lost(sequence.newestNs(), head.named(pcpu), -1, count);
    }

    /** {@code CPU:1 [LOST 342 EVENTS]} and {@code CPU:1 [342 EVENTS DROPPED]}: the number before EVENTS. */
    private long countOf(Token record) {
        FromRight value = new FromRight(line, record);
        while (!value.atDigit()) {
            value.skip(1);
        }
        return value.decimal();
    }

    private void lost(long timestampNs, int pcpu, int tid, long count) {
        facts.lost(count);
        findings.note(DiagnosticCode.EVENTS_LOST, -1, "the recorder lost events on CPU " + pcpu);
        add(new EventsLost(timestampNs, pcpu, tid, head.number(), count));
    }

    /** {@code PERF_RECORD_COMM exec: comm:pid/tid}. */
    @Override
    public void perfComm(Token record) {
        facts.otherOutput(OtherOutput.SIDE_BAND);
        FromRight value = new FromRight(line, record);
        tid = (int) value.signed();
        tgid = tid;
        if (value.peek() == '/') {
            tgid = (int) value.skip(1).signed();
        }
        int end = value.skip(1).end();
        int begin = record.getStartIndex();
        while (line.at(begin) != ':') {
            begin++;
        }
        head.commRecord(tid, tgid, Math.min(begin + ": ".length(), end), end);
    }

    @Override
    public void perfFork(Token record) {
        ids(record);
        head.forked(tid, tgid, parentTid);
        facts.otherOutput(OtherOutput.SIDE_BAND);
    }

    @Override
    public void perfExit(Token record) {
        ids(record);
        head.process(tid, tgid);
        facts.otherOutput(OtherOutput.SIDE_BAND);
    }

    /** {@code (tgid:tid):(parent's tgid:tid)}. */
    private void ids(Token record) {
        FromRight value = new FromRight(line, record).skip(1);
        parentTid = (int) value.signed();
        value.skip(1).signed();
        tid = (int) value.skipWord("):(").signed();
        tgid = (int) value.skip(1).signed();
    }

    /** The next thread and its process; as a switch only where the log has no sched_switch, which says more. */
    @Override
    public void perfSwitchOut(Token record) {
        facts.otherOutput(OtherOutput.SIDE_BAND);
        FromRight value = new FromRight(line, record);
        tid = (int) value.signed();
        tgid = (int) value.skip(1).signed();
        head.process(tid, tgid);
        if (schedSwitch.isMissing()) {
            value.skipBlanks().skipWord("next pid/tid:").skipBlanks();
            TaskState state = value.peek() == 'T' ? TaskState.UNKNOWN : TaskState.PREEMPTED;
            head.open(perfSwitch);
            add(new SchedSwitch(
                    head.timestampNs(), head.pcpu(), head.tid(), head.number(), head.tid(), -1, state, tid, -1));
        }
    }

    @Override
    public void perfMeta() {
        facts.otherOutput(OtherOutput.SIDE_BAND);
    }

    @Override
    public void comment(Token comment) {
        sequence.needsPast();
        if (facts.comment(line.text(comment.getStartIndex(), comment.getStopIndex() + 1), findings)) {
            newRecording();
        }
    }

    /** A head behind events: no vCPU's state may be carried across. */
    private void newRecording() {
        if (head.isStarted()) {
            findings.note(DiagnosticCode.NEW_RECORDING, -1, "another recording begins here");
            add(new EventsLost(sequence.newestNs(), -1, -1, head.number(), 0));
        }
    }

    @Override
    public void traceCmdHead() {
        newRecording();
        head.traceCmdHead();
    }

    @Override
    public void guestLine() {
        findings.note(DiagnosticCode.GUEST_LINE, -1, "this line was recorded inside a guest and is left out");
    }

    @Override
    public void otherOutput(Token line) {
        facts.otherOutput(OtherOutput.of(line.getType()));
    }

    @Override
    public void damagedPrefix(Token upToName) {
        findings.note(
                DiagnosticCode.DAMAGED_PREFIX, 0, "expected comm, pid, [cpu] and time before the event, found none");
    }
}
