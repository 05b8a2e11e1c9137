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
import plescope.parser.grammar.RawKvmActions;

/** Makes events of KVM records printed as bare fields: the numbers that the kernel's text turns into words. */
final class RawKvmEvents implements RawKvmActions {
    /** {@code KVM_ISA_VMX} in the record; SVM is 2. */
    private static final int ISA_VMX = 1;

    /** Delivery modes in the order of the ICR's bits 8-10. */
    private static final DeliveryMode[] DELIVERY = {
        DeliveryMode.FIXED, DeliveryMode.LOWEST_PRIORITY, DeliveryMode.SMI, DeliveryMode.RESERVED3,
        DeliveryMode.NMI, DeliveryMode.INIT, DeliveryMode.SIPI, DeliveryMode.EXTINT
    };

    /** Shorthands in the order of the ICR's bits 18-19. */
    private static final ApicIpi.Shorthand[] SHORTHAND = {
        ApicIpi.Shorthand.NONE, ApicIpi.Shorthand.SELF, ApicIpi.Shorthand.ALL, ApicIpi.Shorthand.ALL_BUT_SELF
    };

    private static final int ICR_LOGICAL = 1 << 11;

    /** Both vendors number most reasons from 0 on. A power of two. */
    private static final int KNOWN_REASONS = 256;

    private final LineHead head;
    private final EventSequence sequence;
    private final LogFacts facts;
    private final Findings findings;
    private final Tracepoints tracepoints;
    private final ExitReasons reasons;
    private final RawFields fields;
    /** Reasons by their codes, of which a log has few. */
    private final ExitReason[] known = new ExitReason[KNOWN_REASONS];

    private final int[] knownCodes = new int[KNOWN_REASONS];

    RawKvmEvents(
            LineBytes line,
            LineHead head,
            EventSequence sequence,
            LogFacts facts,
            Findings findings,
            Tracepoints tracepoints,
            ExitReasons reasons) {
        this.head = head;
        this.sequence = sequence;
        this.facts = facts;
        this.findings = findings;
        this.tracepoints = tracepoints;
        this.reasons = reasons;
        fields = new RawFields(line);
    }

    private RawFields open(String tracepoint, Token token) {
        if (findings.wants(DiagnosticCode.BARE_FIELDS)) {
            findings.report(DiagnosticCode.BARE_FIELDS, -1, "bare fields of " + tracepoint);
        } else {
            findings.tally(DiagnosticCode.BARE_FIELDS);
        }
        head.open(tracepoints.add(tracepoint));
        return fields.of(token);
    }

    private void add(TraceEvent event) {
        sequence.add(event, head.timestampNs());
    }

    @Override
    public void exit(Token token) {
        open("kvm_exit", token);
        boolean vmx = fields.number("isa") == ISA_VMX;
        ExitReason reason = reason(vmx ? ExitReason.Isa.VMX : ExitReason.Isa.SVM, (int) fields.number("exit_reason"));
        int vcpu = head.vcpu(fields.number("vcpu_id", -1));
        long rip = fields.number("guest_rip");
        facts.exit(reason, head.pcpu(), vcpu >= 0, rip);
        add(new KvmExit(head.timestampNs(), head.pcpu(), head.tid(), head.number(), vcpu, reason, rip));
    }

    private ExitReason reason(ExitReason.Isa isa, int code) {
        int slot = code & (KNOWN_REASONS - 1);
        if (known[slot] == null || knownCodes[slot] != code || known[slot].isa() != isa) {
            knownCodes[slot] = code;
            known[slot] = reasons.of(isa, code);
        }
        return known[slot];
    }

    @Override
    public void entry(Token token) {
        open("kvm_entry", token);
        long rip = fields.number("rip", -1);
        facts.entry(head.pcpu(), head.tid(), rip != -1, true);
        int vcpu = head.vcpu(fields.number("vcpu_id"));
        add(new KvmEntry(head.timestampNs(), head.pcpu(), head.tid(), head.number(), vcpu, rip == -1 ? 0 : rip));
    }

    @Override
    public void pleWindow(Token token) {
        open("kvm_ple_window_update", token);
        add(new PleWindowUpdate(
                head.timestampNs(),
                head.pcpu(),
                head.tid(),
                head.number(),
                head.vcpu(fields.number("vcpu_id")),
                (int) fields.number("old"),
                (int) fields.number("new")));
    }

    @Override
    public void apicIpi(Token token) {
        open("kvm_apic_ipi", token);
        facts.kernel().ipi(head.pcpu(), head.tid());
        int icr = (int) fields.number("icr_low");
        if (icr <= 0xff && !fields.isMarked("icr_low")) {
            // trace-cmd prints the field as the kernel's text casts it, to eight bits: whom it is for is lost
            findings.note(DiagnosticCode.LOSSY_FIELDS, -1, "the ICR of this IPI is cut to its vector");
            add(new OtherEvent(head.timestampNs(), head.pcpu(), head.tid(), head.number(), "kvm_apic_ipi"));
            return;
        }
        add(new ApicIpi(
                head.timestampNs(),
                head.pcpu(),
                head.tid(),
                head.number(),
                (int) fields.hex("dest_id"),
                icr & 0xff,
                DELIVERY[icr >> 8 & 7],
                (icr & ICR_LOGICAL) != 0,
                SHORTHAND[icr >> 18 & 3]));
    }

    @Override
    public void acceptIrq(Token token) {
        open("kvm_apic_accept_irq", token);
        add(new ApicAcceptIrq(
                head.timestampNs(),
                head.pcpu(),
                head.tid(),
                head.number(),
                (int) fields.hex("apicid"),
                (int) fields.number("vec"),
                DELIVERY[(int) (fields.number("dm") >> 8) & 7],
                fields.flag("tm")));
    }

    @Override
    public void eoi(Token token) {
        open("kvm_eoi", token);
        int vector = (int) fields.number("vector");
        add(new Eoi(head.timestampNs(), head.pcpu(), head.tid(), head.number(), (int) fields.hex("apicid"), vector));
    }

    @Override
    public void injectedVirq(Token token) {
        open("kvm_inj_virq", token);
        int vector = (int) fields.number("vector", fields.number("irq"));
        boolean soft = fields.flag("soft");
        boolean reinjected = fields.flag("reinjected");
        add(new InjectedVirq(head.timestampNs(), head.pcpu(), head.tid(), head.number(), vector, soft, reinjected));
    }

    @Override
    public void msr(Token token) {
        open("kvm_msr", token);
        add(new MsrAccess(
                head.timestampNs(),
                head.pcpu(),
                head.tid(),
                head.number(),
                fields.flag("write"),
                (int) fields.hex("ecx"),
                fields.number("data"),
                fields.flag("exception")));
    }

    @Override
    public void vcpuWakeup(Token token) {
        open("kvm_vcpu_wakeup", token);
        add(new VcpuWakeup(
                head.timestampNs(),
                head.pcpu(),
                head.tid(),
                head.number(),
                !fields.flag("waited"),
                fields.number("ns"),
                fields.flag("valid")));
    }

    @Override
    public void haltPoll(Token token) {
        open("kvm_halt_poll_ns", token);
        add(new HaltPollWindow(
                head.timestampNs(),
                head.pcpu(),
                head.tid(),
                head.number(),
                head.vcpu(fields.number("vcpu_id")),
                fields.number("new"),
                fields.number("old")));
    }
}
