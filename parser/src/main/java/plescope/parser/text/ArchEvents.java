package plescope.parser.text;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Locale;
import org.antlr.v4.runtime.Token;
import plescope.parser.event.ExitReason;
import plescope.parser.event.ExitReason.Isa;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.OtherEvent;
import plescope.parser.grammar.ArchActions;
import plescope.parser.grammar.TraceLexer;

/**
 * Makes entries and exits of what other architectures print.
 *
 * <p>Where a second line tells what an exit was for (WFE or WFI, the diagnose or hypervisor call), the exit that still waits
 * for its order gets that reason, and the line itself passes by name.
 */
final class ArchEvents implements ArchActions {
    /** Of 32 bits; kernels print four. */
    private static final int MAX_HEX_DIGITS = 8;

    private final LineBytes line;
    private final LineHead head;
    private final EventSequence sequence;
    private final LogFacts facts;
    private final Tracepoints tracepoints;
    private final ExitReason wfe;
    private final ExitReason wfi;
    private final ExitReason unprinted;
    private final ByteInterner<ExitReason> arm64;
    private final ByteInterner<ExitReason> riscv;
    private final ByteInterner<ExitReason> s390;
    private final ByteInterner<ExitReason> powerpc;
    private final ByteInterner<ExitReason> loongarch;
    private final ByteInterner<ExitReason> mips;

    ArchEvents(
            LineBytes line,
            LineHead head,
            EventSequence sequence,
            LogFacts facts,
            Tracepoints tracepoints,
            ExitReasons reasons) {
        this.line = line;
        this.head = head;
        this.sequence = sequence;
        this.facts = facts;
        this.tracepoints = tracepoints;
        wfe = reasons.of(Isa.ARM64, "WFE", -1);
        wfi = reasons.of(Isa.ARM64, "WFI", -1);
        unprinted = reasons.of(Isa.ARM64, "UNKNOWN", -1);
        arm64 = new ByteInterner<>(text -> arm64(reasons, text));
        riscv = new ByteInterner<>(text -> riscv(reasons, text));
        s390 = new ByteInterner<>(text -> s390(reasons, text));
        powerpc = new ByteInterner<>(text -> reasons.of(Isa.POWERPC, text, -1));
        loongarch = new ByteInterner<>(text -> reasons.of(Isa.LOONGARCH, text, -1));
        mips = new ByteInterner<>(text -> reasons.of(Isa.MIPS, text, -1));
    }

    /**
     * {@code TRAP: HSR_EC: 0x0001 (WFx)}; the class of anything but a trap is left over from an earlier one. Kernels before 4.5
     * print neither the exception nor the name of its class.
     */
    private static ExitReason arm64(ExitReasons reasons, String text) {
        int register = text.indexOf("SR_EC: 0x") - 1;
        String exception = register == 0 ? "TRAP" : text.substring(0, register - ": ".length());
        if (!exception.equals("TRAP")) {
            return reasons.of(Isa.ARM64, exception, -1);
        }
        int from = register + "HSR_EC: 0x".length();
        int bracket = text.indexOf(" (", from);
        int to = bracket < 0 ? text.length() : bracket;
        // more digits than a class has can only be damage
        int code = to - from > MAX_HEX_DIGITS ? -1 : Integer.parseUnsignedInt(text, from, to, 16);
        String name = bracket < 0
                ? "0x" + Integer.toHexString(code)
                : text.substring(bracket + " (".length(), text.length() - 1);
        return reasons.of(Isa.ARM64, name, code);
    }

    /** A cause in hexadecimal; its highest bit says interrupt. */
    private static ExitReason riscv(ExitReasons reasons, String cause) {
        boolean interrupt = cause.length() == 16 && cause.charAt(0) >= '8';
        int code = (int) Long.parseUnsignedLong(cause.length() > 16 ? cause.substring(cause.length() - 16) : cause, 16);
        return reasons.of(Isa.RISCV, interrupt ? "INTERRUPT" : "0x" + cause, code);
    }

    /** {@code 4 (Instruction}. */
    private static ExitReason s390(ExitReasons reasons, String text) {
        int blank = text.indexOf(' ');
        int code = blank > 9 ? -1 : Integer.parseInt(text, 0, blank, 10);
        return reasons.of(Isa.S390, text.substring(blank + 2), code);
    }

    private void entry(String tracepoint, int vcpu, long pc) {
        head.open(tracepoints.add(tracepoint));
        facts.kernel().entered(head.pcpu(), head.tid());
        sequence.add(new KvmEntry(head.timestampNs(), head.pcpu(), head.tid(), head.number(), vcpu, pc));
    }

    private void exit(String tracepoint, int vcpu, ExitReason reason, long pc) {
        head.open(tracepoints.add(tracepoint));
        facts.exit(reason, head.pcpu(), false, pc);
        sequence.add(new KvmExit(head.timestampNs(), head.pcpu(), head.tid(), head.number(), vcpu, reason, pc));
    }

    private void explain(String tracepoint, ExitReason reason) {
        head.open(tracepoints.add(tracepoint));
        sequence.amendExit(head.tid(), reason);
        sequence.add(new OtherEvent(head.timestampNs(), head.pcpu(), head.tid(), head.number(), tracepoint));
    }

    private ExitReason reason(ByteInterner<ExitReason> reasons, int from, int to) {
        return reasons.get(line.buffer(), line.offset() + from, line.offset() + to);
    }

    /** The first byte of a token behind its leading blanks. */
    private int afterBlanks(Token token) {
        int at = token.getStartIndex();
        while (line.at(at) == ' ') {
            at++;
        }
        return at;
    }

    /** {@code   kvm:kvm_exit_idle:}: the tracepoint's name. */
    private String name(Token name) {
        int to = name.getStopIndex();
        int from = to;
        while (line.at(from - 1) != ' ' && line.at(from - 1) != ':') {
            from--;
        }
        return tracepoints.get(line.buffer(), line.offset() + from, line.offset() + to).name;
    }

    private int vcpu(Token vcpu) {
        return vcpu == null ? -1 : head.vcpu(new FromRight(line, vcpu).decimal());
    }

    @Override
    public void pcEntry(Token programCounter) {
        boolean mistaken = programCounter.getType() == TraceLexer.ENTRY_RISCV_PC;
        int from = afterBlanks(programCounter) + (mistaken ? "PC: 0x016" : "PC: 0x").length();
        entry("kvm_entry", -1, hex(from, programCounter.getStopIndex() + 1));
    }

    private long hex(int from, int to) {
        long number = 0;
        for (int i = from; i < to && FromRight.hexDigit(line.at(i)) >= 0; i++) {
            number = number << 4 | FromRight.hexDigit(line.at(i));
        }
        return number;
    }

    @Override
    public void arm64Exit(Token reasonAndPc) {
        FromRight value = new FromRight(line, reasonAndPc);
        long pc = value.hex();
        int to = value.skipWord(", PC: 0x").end();
        exit("kvm_exit", -1, reason(arm64, afterBlanks(reasonAndPc), to), pc);
    }

    @Override
    public void armExit(Token programCounter) {
        exit("kvm_exit", -1, unprinted, new FromRight(line, programCounter).hex());
    }

    @Override
    public void wfx(Token name, boolean waitForEvent) {
        explain(name(name), waitForEvent ? wfe : wfi);
    }

    @Override
    public void riscvExit(Token pcAndCause) {
        FromRight value = new FromRight(line, pcAndCause);
        int causeTo = value.end();
        value.hex();
        ExitReason reason = reason(riscv, value.end(), causeTo);
        exit("kvm_exit", -1, reason, value.skipWord(", SCAUSE:0x").hex());
    }

    @Override
    public void pcExit(Token name, Token vcpu, Token reasonAndPc) {
        FromRight value = new FromRight(line, reasonAndPc);
        long pc = value.hex();
        value.skipWord("PC: 0x").skipBlanks().skip(1);
        ByteInterner<ExitReason> reasons = vcpu == null ? mips : loongarch;
        ExitReason reason = reason(reasons, afterBlanks(reasonAndPc) + 1, value.end());
        exit(name(name), vcpu(vcpu), reason, pc);
    }

    @Override
    public void loongarchEnter(Token name, Token vcpuAndPc) {
        FromRight value = new FromRight(line, vcpuAndPc);
        long pc = value.hex();
        value.skipWord(" PC: 0x");
        int vcpu = value.atDigit() ? head.vcpu(value.decimal()) : -1;
        entry(name(name), vcpu, pc);
    }

    @Override
    public void sieEnter(Token context) {
        FromRight value = new FromRight(line, context);
        long address = value.skipWord("]: ").hex();
        entry("kvm_s390_sie_enter", sieVcpu(context), address);
    }

    @Override
    public void sieExit(Token context, Token interception) {
        FromRight value = new FromRight(line, context);
        long address = value.skipWord("]: ").hex();
        int from = interception.getStartIndex() + "exit sie icptcode ".length();
        exit("kvm_s390_sie_exit", sieVcpu(context), reason(s390, from, interception.getStopIndex()), address);
    }

    /** {@code 00[mask-address]: }: the number before the bracket. */
    private int sieVcpu(Token context) {
        return head.vcpu(new FromRight(line, context).skipTo('[').skip(1).decimal());
    }

    /** {@code handle diagnose call 0044 (DIAG (0x44) time slice end)}. */
    @Override
    public void diag(Token name, Token call) {
        int from = call.getStartIndex() + "handle diagnose call ".length();
        explain(name(name), diagReason((int) hex(from, call.getStopIndex())));
    }

    private ExitReason diagReason(int code) {
        byte[] text = (code + " (DIAG_" + Integer.toHexString(code).toUpperCase(Locale.ROOT)).getBytes(US_ASCII);
        return s390.get(text, 0, text.length);
    }

    @Override
    public void ppcEnter(Token vcpu, Token programCounter) {
        FromRight value = new FromRight(line, programCounter);
        long pc = value.hex();
        entry("kvm_guest_enter", ppcVcpu(vcpu), pc);
    }

    @Override
    public void ppcExit(Token vcpu, Token trapAndPc) {
        FromRight value = new FromRight(line, trapAndPc);
        long pc = value.hex();
        int to = value.skipWord(" pc=0x").end();
        ExitReason reason = reason(powerpc, value.skipTo('=').end(), to);
        exit("kvm_guest_exit", ppcVcpu(vcpu), reason, pc);
    }

    /** {@code  VCPU 3:}. */
    private int ppcVcpu(Token vcpu) {
        return head.vcpu(new FromRight(line, vcpu).skip(1).decimal());
    }

    @Override
    public void ppcCall(Token name, Token call) {
        FromRight value = new FromRight(line, call);
        int to = value.end();
        explain(name(name), reason(powerpc, value.skipTo('=').end(), to));
    }

    @Override
    public void ppcPrExit(Token reasonAndPc) {
        FromRight value = new FromRight(line, reasonAndPc);
        long pc = value.hex();
        int to = value.skipWord(" | pc=0x").end();
        exit("kvm_exit", -1, reason(powerpc, value.skipTo('=').end(), to), pc);
    }
}
