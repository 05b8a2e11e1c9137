package plescope.parser.text;

import org.antlr.v4.runtime.Token;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.event.ApicAcceptIrq;
import plescope.parser.event.ApicIpi;
import plescope.parser.event.DeliveryMode;
import plescope.parser.event.Eoi;
import plescope.parser.event.ExitReason;
import plescope.parser.event.HaltPollWindow;
import plescope.parser.event.InjectedVirq;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.MsrAccess;
import plescope.parser.event.OtherEvent;
import plescope.parser.event.PleWindowUpdate;
import plescope.parser.event.TraceEvent;
import plescope.parser.event.VcpuWakeup;
import plescope.parser.grammar.KvmActions;
import plescope.parser.grammar.TraceLexer;
import plescope.parser.text.Tracepoints.Tracepoint;

/** Makes events of what the grammar reports about KVM: values are decoded straight from the line's bytes. */
final class KvmEvents implements KvmActions {
    private final LineBytes line;
    private final LineHead head;
    private final EventSequence sequence;
    private final LogFacts facts;
    private final Findings findings;
    private final ByteInterner<ExitReason> reasons;
    private final ByteInterner<DeliveryMode> deliveries = new ByteInterner<>(KvmEvents::delivery);
    private final Tracepoint kvmExit;
    private final Tracepoint kvmEntry;
    private final Tracepoint pleWindow;
    private final Tracepoint pleWindowOld;
    private final Tracepoint apicIpi;
    private final Tracepoint acceptIrq;
    private final Tracepoint eoi;
    private final Tracepoint injectedVirq;
    private final Tracepoint msr;
    private final Tracepoint vcpuWakeup;
    private final Tracepoint haltPoll;

    KvmEvents(
            LineBytes line,
            LineHead head,
            EventSequence sequence,
            LogFacts facts,
            Findings findings,
            Tracepoints tracepoints,
            ExitReasons exitReasons) {
        this.line = line;
        this.head = head;
        this.sequence = sequence;
        this.facts = facts;
        this.findings = findings;
        reasons = new ByteInterner<>(exitReasons::resolve);
        kvmExit = tracepoints.add("kvm_exit");
        kvmEntry = tracepoints.add("kvm_entry");
        pleWindow = tracepoints.add("kvm_ple_window_update");
        pleWindowOld = tracepoints.add("kvm_ple_window");
        apicIpi = tracepoints.add("kvm_apic_ipi");
        acceptIrq = tracepoints.add("kvm_apic_accept_irq");
        eoi = tracepoints.add("kvm_eoi");
        injectedVirq = tracepoints.add("kvm_inj_virq");
        msr = tracepoints.add("kvm_msr");
        vcpuWakeup = tracepoints.add("kvm_vcpu_wakeup");
        haltPoll = tracepoints.add("kvm_halt_poll_ns");
    }

    private int decimal(Token token) {
        return (int) new FromRight(line, token).signed();
    }

    private int vcpu(Token token) {
        return head.vcpu(new FromRight(line, token).signed());
    }

    private long hex(Token token) {
        return new FromRight(line, token).hex();
    }

    private void add(TraceEvent event) {
        sequence.add(event, head.timestampNs());
    }

    @Override
    public void kvmExit(Token vcpu, Token reasonAndRip) {
        head.open(kvmExit);
        FromRight value = new FromRight(line, reasonAndRip);
        long rip = value.hex();
        int reasonEnd = value.skipWord(" rip 0x").end();
        int reasonFrom = reasonAndRip.getStartIndex();
        while (line.at(reasonFrom) == ' ') {
            reasonFrom++;
        }
        reasonFrom += "reason ".length();
        ExitReason reason = reasons.get(line.buffer(), line.offset() + reasonFrom, line.offset() + reasonEnd);
        int vcpuId = vcpu == null ? -1 : vcpu(vcpu);
        facts.exit(reason, head.pcpu(), vcpu != null, rip);
        if (reason.failedEntry()) {
            findings.note(DiagnosticCode.FAILED_ENTRY, reasonFrom, "the VM entry before this exit failed");
        }
        if (reasonAndRip.getStopIndex() + 1 >= line.size()) {
            findings.note(
                    DiagnosticCode.CUT_FIELDS, reasonAndRip.getStopIndex(), "nothing stands behind this exit's rip");
        }
        add(new KvmExit(head.timestampNs(), head.pcpu(), head.tid(), head.number(), vcpuId, reason, rip));
    }

    @Override
    public void exitTail(boolean requests) {
        facts.exitTail(requests);
    }

    @Override
    public void kvmEntry(Token vcpu, Token rip, boolean kernelText, boolean injectionPrinted) {
        head.open(kvmEntry);
        facts.entry(head.pcpu(), head.tid(), rip != null, kernelText);
        if (injectionPrinted) {
            facts.kernel().atLeast(KernelFacts.Version.V6_14);
        }
        long guestRip = rip == null ? 0 : hex(rip);
        add(new KvmEntry(head.timestampNs(), head.pcpu(), head.tid(), head.number(), vcpu(vcpu), guestRip));
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
                vcpu(vcpu),
                decimal(oldWindow),
                decimal(newWindow)));
    }

    @Override
    public void pleWindowOld(Token name, Token vcpu, Token newWindow, Token oldWindow) {
        head.open(pleWindowOld);
        facts.kernel().before(KernelFacts.Version.V5_4);
        int before = decimal(oldWindow);
        int after = decimal(newWindow);
        if (before == after) {
            // this kernel prints every look at the window; only changes are events
            add(new OtherEvent(head.timestampNs(), head.pcpu(), head.tid(), head.number(), pleWindowOld.name));
            return;
        }
        add(new PleWindowUpdate(head.timestampNs(), head.pcpu(), head.tid(), head.number(), vcpu(vcpu), before, after));
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
        long waited = new FromRight(line, time).signed();
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
                vcpu(vcpu),
                new FromRight(line, newNs).decimal(),
                new FromRight(line, oldNs).decimal()));
    }
}
