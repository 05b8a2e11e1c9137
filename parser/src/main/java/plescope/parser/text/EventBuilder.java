package plescope.parser.text;

import org.antlr.v4.runtime.Token;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.event.ApicAcceptIrq;
import plescope.parser.event.ApicIpi;
import plescope.parser.event.DeliveryMode;
import plescope.parser.event.Eoi;
import plescope.parser.event.EventsLost;
import plescope.parser.event.ExitReason;
import plescope.parser.event.HaltPollWindow;
import plescope.parser.event.InjectedVirq;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.MsrAccess;
import plescope.parser.event.OtherEvent;
import plescope.parser.event.PleWindowUpdate;
import plescope.parser.event.SchedMigrate;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.SchedWake;
import plescope.parser.event.TraceEvent;
import plescope.parser.event.VcpuWakeup;
import plescope.parser.grammar.LineActions;
import plescope.parser.grammar.TraceLexer;
import plescope.parser.text.Tracepoints.Tracepoint;

/** Makes events of what the grammar reports: one method per rule, values decoded straight from the line's bytes. */
final class EventBuilder implements LineActions {
    private final LineBytes line;
    private final LineHead head;
    private final EventSequence sequence;
    private final LogFacts facts;
    private final Findings findings;
    private final FromRight value;
    private final SchedText from;
    private final SchedText to;
    private final ByteInterner<ExitReason> reasons = new ByteInterner<>(new ExitReasons()::resolve);
    private final ByteInterner<DeliveryMode> deliveries = new ByteInterner<>(EventBuilder::delivery);

    private final Tracepoints tracepoints = new Tracepoints();
    private final Tracepoint kvmExit = tracepoints.add("kvm_exit");
    private final Tracepoint kvmEntry = tracepoints.add("kvm_entry");
    private final Tracepoint pleWindow = tracepoints.add("kvm_ple_window_update");
    private final Tracepoint apicIpi = tracepoints.add("kvm_apic_ipi");
    private final Tracepoint acceptIrq = tracepoints.add("kvm_apic_accept_irq");
    private final Tracepoint eoi = tracepoints.add("kvm_eoi");
    private final Tracepoint injectedVirq = tracepoints.add("kvm_inj_virq");
    private final Tracepoint msr = tracepoints.add("kvm_msr");
    private final Tracepoint vcpuWakeup = tracepoints.add("kvm_vcpu_wakeup");
    private final Tracepoint haltPoll = tracepoints.add("kvm_halt_poll_ns");
    private final Tracepoint schedSwitch = tracepoints.add("sched_switch");
    private final Tracepoint waking = tracepoints.add("sched_waking");
    private final Tracepoint wakeup = tracepoints.add("sched_wakeup");
    private final Tracepoint wakeupNew = tracepoints.add("sched_wakeup_new");
    private final Tracepoint migrate = tracepoints.add("sched_migrate_task");

    EventBuilder(LineBytes line, LineHead head, EventSequence sequence, LogFacts facts, Findings findings) {
        this.line = line;
        this.head = head;
        this.sequence = sequence;
        this.facts = facts;
        this.findings = findings;
        value = new FromRight(line);
        from = new SchedText(line);
        to = new SchedText(line);
    }

    Tracepoints tracepoints() {
        return tracepoints;
    }

    private int decimal(Token token) {
        return (int) value.of(token).signed();
    }

    private long hex(Token token) {
        return value.of(token).hex();
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
    public void kvmExit(Token vcpu, Token reasonAndRip) {
        head.open(kvmExit);
        long rip = hex(reasonAndRip);
        int reasonEnd = value.skipWord(" rip 0x").end();
        int reasonFrom = reasonAndRip.getStartIndex();
        while (line.at(reasonFrom) == ' ') {
            reasonFrom++;
        }
        reasonFrom += "reason ".length();
        ExitReason reason = reasons.get(line.buffer(), line.offset() + reasonFrom, line.offset() + reasonEnd);
        int vcpuId = vcpu == null ? -1 : decimal(vcpu);
        facts.exit(reason, head.pcpu(), vcpu != null);
        add(new KvmExit(head.timestampNs(), head.pcpu(), head.tid(), head.number(), vcpuId, reason, rip));
    }

    @Override
    public void exitTail(boolean requests) {
        facts.exitTail(requests);
    }

    @Override
    public void kvmEntry(Token vcpu, Token rip, boolean kernelText) {
        head.open(kvmEntry);
        facts.entry(head.pcpu(), head.tid(), rip != null, kernelText);
        long guestRip = rip == null ? 0 : hex(rip);
        add(new KvmEntry(head.timestampNs(), head.pcpu(), head.tid(), head.number(), decimal(vcpu), guestRip));
    }

    @Override
    public void entryTail() {
        facts.kernel().atLeast(KernelFacts.Version.V6_14);
    }

    @Override
    public void pleWindow(Token vcpu, Token oldWindow, Token newWindow) {
        head.open(pleWindow);
        facts.kernel().atLeast(KernelFacts.Version.V5_4);
        add(new PleWindowUpdate(
                head.timestampNs(),
                head.pcpu(),
                head.tid(),
                head.number(),
                decimal(vcpu),
                decimal(oldWindow),
                decimal(newWindow)));
    }

    @Override
    public void apicIpi(Token destination, Token vector, Token delivery, Token addressing, Token shorthand) {
        head.open(apicIpi);
        facts.kernel().ipi(head.pcpu(), head.tid());
        add(new ApicIpi(
                head.timestampNs(),
                head.pcpu(),
                head.tid(),
                head.number(),
                (int) hex(destination),
                decimal(vector),
                delivery(delivery),
                addressing.getType() == TraceLexer.LOGICAL,
                shorthand(shorthand.getType())));
    }

    private static ApicIpi.Shorthand shorthand(int tokenType) {
        return switch (tokenType) {
            case TraceLexer.TO_SELF -> ApicIpi.Shorthand.SELF;
            case TraceLexer.TO_ALL -> ApicIpi.Shorthand.ALL;
            case TraceLexer.TO_OTHERS -> ApicIpi.Shorthand.ALL_BUT_SELF;
            default -> ApicIpi.Shorthand.NONE;
        };
    }

    @Override
    public void acceptIrq(Token apicId, Token vector, Token delivery, Token trigger) {
        head.open(acceptIrq);
        add(new ApicAcceptIrq(
                head.timestampNs(),
                head.pcpu(),
                head.tid(),
                head.number(),
                (int) hex(apicId),
                decimal(vector),
                delivery(delivery),
                trigger.getType() == TraceLexer.LEVEL));
    }

    /** {@code  (Fixed}: the word behind the bracket. */
    private DeliveryMode delivery(Token token) {
        int begin = line.offset() + token.getStartIndex() + " (".length();
        return deliveries.get(line.buffer(), begin, line.offset() + token.getStopIndex() + 1);
    }

    private static DeliveryMode delivery(String text) {
        for (DeliveryMode mode : DeliveryMode.values()) {
            if (mode.text().equals(text)) {
                return mode;
            }
        }
        return DeliveryMode.UNKNOWN;
    }

    @Override
    public void eoi(Token apicId, Token vector) {
        head.open(eoi);
        add(new Eoi(head.timestampNs(), head.pcpu(), head.tid(), head.number(), (int) hex(apicId), decimal(vector)));
    }

    @Override
    public void injectedVirq(Token vector, boolean reinjected) {
        head.open(injectedVirq);
        boolean decimalText = vector.getType() == TraceLexer.VIRQ_DEC;
        facts.injection(decimalText);
        int number = decimalText ? decimal(vector) : (int) hex(vector);
        boolean soft = vector.getType() == TraceLexer.VIRQ_SOFT;
        add(new InjectedVirq(head.timestampNs(), head.pcpu(), head.tid(), head.number(), number, soft, reinjected));
    }

    @Override
    public void msr(Token accessAndIndex, Token data, boolean faulted) {
        head.open(msr);
        boolean write = accessAndIndex.getType() == TraceLexer.MSR_WRITE;
        add(new MsrAccess(
                head.timestampNs(),
                head.pcpu(),
                head.tid(),
                head.number(),
                write,
                (int) hex(accessAndIndex),
                hex(data),
                faulted));
    }

    @Override
    public void vcpuWakeup(Token time, Token valid) {
        head.open(vcpuWakeup);
        boolean polled = time.getType() == TraceLexer.POLL_TIME;
        boolean pollValid = valid != null && valid.getType() == TraceLexer.POLL_VALID;
        long waited = value.of(time).signed();
        add(new VcpuWakeup(head.timestampNs(), head.pcpu(), head.tid(), head.number(), polled, waited, pollValid));
    }

    @Override
    public void haltPoll(Token vcpu, Token newNs, Token oldNs) {
        head.open(haltPoll);
        add(new HaltPollWindow(
                head.timestampNs(),
                head.pcpu(),
                head.tid(),
                head.number(),
                decimal(vcpu),
                value.of(newNs).decimal(),
                value.of(oldNs).decimal()));
    }

    @Override
    public void schedSwitch(Token prev, Token next) {
        from.switchFrom(prev);
        to.switchTo(next);
        addSwitch();
    }

    @Override
    public void pluginSwitch(Token prev, Token next) {
        from.pluginFrom(prev);
        to.pluginTo(next);
        findings.note(DiagnosticCode.PLUGIN_TEXT, -1, "plugin text: R stands for preempted and yielding alike");
        addSwitch();
    }

    private void addSwitch() {
        head.open(schedSwitch);
        head.payloadName(from.tid, from.commFrom, from.commTo);
        head.payloadName(to.tid, to.commFrom, to.commTo);
        add(new SchedSwitch(
                head.timestampNs(),
                head.pcpu(),
                head.tid(),
                head.number(),
                from.tid,
                from.prio,
                from.state,
                to.tid,
                to.prio));
    }

    @Override
    public void wake(Token name, Token payload) {
        to.wake(payload);
        addWake(name);
    }

    @Override
    public void pluginWake(Token name, Token payload) {
        to.pluginWake(payload);
        addWake(name);
    }

    private void addWake(Token name) {
        SchedWake.Stage stage =
                switch (name.getType()) {
                    case TraceLexer.SCHED_WAKING -> SchedWake.Stage.WAKING;
                    case TraceLexer.SCHED_WAKEUP_NEW -> SchedWake.Stage.WAKEUP_NEW;
                    default -> SchedWake.Stage.WAKEUP;
                };
        head.open(
                switch (stage) {
                    case WAKING -> waking;
                    case WAKEUP -> wakeup;
                    case WAKEUP_NEW -> wakeupNew;
                });
        head.payloadName(to.tid, to.commFrom, to.commTo);
        add(new SchedWake(head.timestampNs(), head.pcpu(), head.tid(), head.number(), stage, to.tid, to.prio, to.pcpu));
    }

    @Override
    public void migrate(Token payload) {
        to.migrate(payload);
        head.open(migrate);
        head.payloadName(to.tid, to.commFrom, to.commTo);
        add(new SchedMigrate(
                head.timestampNs(), head.pcpu(), head.tid(), head.number(), to.tid, to.prio, to.fromPcpu, to.pcpu));
    }

    @Override
    public void statRuntime(Token name, boolean vruntime) {
        facts.runtime(vruntime);
        other(name);
    }

    /** {@code   kvm:kvm_fpu:}: blanks, systems and all but the last name go. */
    @Override
    public void other(Token name) {
        int end = name.getStopIndex();
        int begin = end;
        while (begin > name.getStartIndex() && line.at(begin - 1) != ':' && line.at(begin - 1) != ' ') {
            begin--;
        }
        other(begin, end);
    }

    @Override
    public void function(Token name) {
        int end = name.getStopIndex() + 1 - " <-".length();
        int begin = end;
        while (begin > name.getStartIndex() && line.at(begin - 1) != ' ') {
            begin--;
        }
        other(begin, end);
    }

    private void other(int begin, int end) {
        Tracepoint tracepoint = tracepoints.get(line.buffer(), line.offset() + begin, line.offset() + end);
        if (tracepoint.count == 0) {
            facts.kernel().otherTracepoint(tracepoint.name);
        }
        head.open(tracepoint);
        add(new OtherEvent(head.timestampNs(), head.pcpu(), head.tid(), head.number(), tracepoint.name));
    }

    @Override
    public void perfLost(Token record) {
        head.stamp();
        lost(head.timestampNs(), head.pcpu(), head.tid(), value.of(record).decimal());
    }

    @Override
    public void lostEvents(Token record, boolean counted) {
        long count = counted ? countOf(record) : -1;
        int at = record.getStartIndex() + "CPU:".length();
        int pcpu = 0;
        while (FromRight.isDigit(line.at(at))) {
            pcpu = pcpu * 10 + line.at(at++) - '0';
        }
        lost(sequence.newestNs(), pcpu, -1, count);
    }

    /** {@code CPU:1 [LOST 342 EVENTS]} and {@code CPU:1 [342 EVENTS DROPPED]}: the number before EVENTS. */
    private long countOf(Token record) {
        value.of(record);
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
        int tid = (int) value.of(record).signed();
        int tgid = tid;
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
    public void comment(Token comment) {
        facts.comment(line.text(comment.getStartIndex(), comment.getStopIndex() + 1), findings);
    }

    @Override
    public void traceCmdHead() {
        head.traceCmdHead();
    }

    @Override
    public void guestLine() {
        findings.note(DiagnosticCode.GUEST_LINE, -1, "this line was recorded inside a guest and is left out");
    }

    @Override
    public void kvmStatTable() {
        facts.kvmStatTable();
    }

    @Override
    public void damagedPrefix(Token upToName) {
        findings.note(
                DiagnosticCode.DAMAGED_PREFIX, 0, "expected comm, pid, [cpu] and time before the event, found none");
    }
}
