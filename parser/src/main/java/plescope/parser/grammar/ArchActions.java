package plescope.parser.grammar;

import org.antlr.v4.runtime.Token;

/** What the grammar's rules for KVM on other architectures than x86 report; tokens as in {@link LineActions}. */
public interface ArchActions {
    /** arm64, riscv, mips: {@code PC: 0x...}; the vCPU is not printed. */
    void pcEntry(Token programCounter);

    void arm64Exit(Token reasonAndPc);

    /** arm before 4.0: {@code PC: 0x...} and no reason. */
    void armExit(Token programCounter);

    /** arm and arm64: which wait instruction the last exit of this thread was. */
    void wfx(Token name, boolean waitForEvent);

    void riscvExit(Token pcAndCause);

    /** loongarch and mips: {@code [IDLE] PC: 0x...}; {@code vcpu} is null before loongarch's 6.11 and on mips. */
    void pcExit(Token name, Token vcpu, Token reasonAndPc);

    void loongarchEnter(Token name, Token vcpuAndPc);

    void sieEnter(Token context);

    void sieExit(Token context, Token interception);

    /** s390: which diagnose call the last exit of this thread was. */
    void diag(Token name, Token call);

    void ppcEnter(Token vcpu, Token programCounter);

    void ppcExit(Token vcpu, Token trapAndPc);

    /** powerpc with HV: which hypervisor call the last exit of this thread was. */
    void ppcCall(Token name, Token call);

    /** powerpc without HV. */
    void ppcPrExit(Token reasonAndPc);
}
