package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plescope.parser.event.ExitReason;
import plescope.parser.event.ExitReason.Family;
import plescope.parser.event.ExitReason.Isa;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.OtherEvent;
import plescope.parser.event.TraceEvent;

/** Entries and exits of other architectures than x86, written by their kernels' formats; thread 174 on CPU 1, time 0. */
final class ArchitectureTextTest {
    private static KvmExit exit(int vcpu, Isa isa, int code, String name, Family family, long pc) {
        return new KvmExit(0, 1, 174, 1, vcpu, new ExitReason(isa, code, name, family), pc);
    }

    private static KvmEntry entry(int vcpu, long pc) {
        return new KvmEntry(0, 1, 174, 1, vcpu, pc);
    }

    private static ExitReason amended(String exit, String explanation) {
        Logs log = Logs.read(Logs.PERF + exit + "\n" + Logs.PERF + explanation + "\n");
        assertThat(log.events()).hasSize(2);
        assertThat(log.events().get(1)).isInstanceOf(OtherEvent.class);
        return ((KvmExit) log.events().get(0)).reason();
    }

    @Test
    void arm64() {
        assertThat(Logs.one("kvm:kvm_entry: PC: 0x0000000080528a6c")).isEqualTo(entry(-1, 0x80528a6cL));
        assertThat(Logs.one("kvm:kvm_exit: TRAP: HSR_EC: 0x0018 (SYS64), PC: 0xffffffc080528a6c"))
                .isEqualTo(exit(-1, Isa.ARM64, 0x18, "SYS64", Family.OTHER, 0xffffffc080528a6cL));
        assertThat(Logs.one("kvm:kvm_exit: TRAP: HSR_EC: 0x0024 (DABT_LOW), PC: 0x0000000080528a6c"))
                .isEqualTo(exit(-1, Isa.ARM64, 0x24, "DABT_LOW", Family.PAGE_FAULT, 0x80528a6cL));
        // the class of an interrupt is left over from an earlier exit
        assertThat(Logs.one("kvm:kvm_exit: IRQ: HSR_EC: 0x0024 (DABT_LOW), PC: 0x0000000080528a6c"))
                .isEqualTo(exit(-1, Isa.ARM64, -1, "IRQ", Family.INTERRUPT, 0x80528a6cL));
    }

    @Test
    void arm64BeforeIts45PrintsLessOfTheReason() {
        assertThat(Logs.one("kvm:kvm_exit: HSR_EC: 0x0024, PC: 0x80528a6c"))
                .isEqualTo(exit(-1, Isa.ARM64, 0x24, "DABT_LOW", Family.PAGE_FAULT, 0x80528a6cL));
        assertThat(Logs.one("kvm:kvm_exit: HSR_EC: 0x0007, PC: 0x80528a6c"))
                .isEqualTo(exit(-1, Isa.ARM64, 7, "0x7", Family.OTHER, 0x80528a6cL));
        assertThat(Logs.one("kvm:kvm_exit: PC: 0x80528a6c"))
                .isEqualTo(exit(-1, Isa.ARM64, -1, "UNKNOWN", Family.OTHER, 0x80528a6cL));
        // an exception without a name, and a field that somebody added
        assertThat(Logs.one("kvm:kvm_exit: 0x5: HSR_EC: 0x0000 (UNKNOWN), PC: 0x80528a6c"))
                .isEqualTo(exit(-1, Isa.ARM64, -1, "0x5", Family.OTHER, 0x80528a6cL));
        assertThat(Logs.one("kvm:kvm_exit: PC: 0x80528a6c; exit count: 12"))
                .isEqualTo(exit(-1, Isa.ARM64, -1, "UNKNOWN", Family.OTHER, 0x80528a6cL));
        String wfx = "kvm:kvm_exit: HSR_EC: 0x0001, PC: 0x80528a6c";
        assertThat(amended(wfx, "kvm:kvm_wfi: guest executed wfi at: 0x80528a6c")
                        .isHalt())
                .isTrue();
        assertThat(amended(wfx, "kvm:kvm_wfx: guest executed wfe at: 0x80528a6c")
                        .isPause())
                .isTrue();
    }

    @Test
    void arm64WaitsAreToldApartByTheLineBehindThem() {
        String wfx = "kvm:kvm_exit: TRAP: HSR_EC: 0x0001 (WFx), PC: 0x0000000080528a6c";
        assertThat(((KvmExit) Logs.one(wfx)).reason().family()).isEqualTo(Family.OTHER);
        ExitReason wfe = amended(wfx, "kvm:kvm_wfx_arm64: guest executed wfe at: 0x0000000080528a6c");
        assertThat(wfe).isEqualTo(new ExitReason(Isa.ARM64, 1, "WFE", Family.PAUSE));
        assertThat(amended(wfx, "kvm:kvm_wfx_arm64: guest executed wfi at: 0x0000000080528a6c")
                        .isHalt())
                .isTrue();
    }

    @Test
    void anExitIsAmendedBehindLinesOfOtherThreads() {
        String wfx = "kvm:kvm_exit: TRAP: HSR_EC: 0x0001 (WFx), PC: 0x08\n";
        String other = "       CPU 4/KVM   175 [002]     3.299988: kvm:kvm_entry: PC: 0x08\n";
        TraceEvent exit = Logs.read(Logs.PERF + wfx + other.repeat(5) + Logs.PERF
                        + "kvm:kvm_wfx_arm64: guest executed wfe at: 0x08\n")
                .events()
                .get(0);
        assertThat(((KvmExit) exit).reason())
                .isEqualTo(amended(wfx.strip(), "kvm:kvm_wfx_arm64: guest executed wfe at: 0x08"));
        assertThat(((KvmExit) exit).reason().name()).isNotEqualTo("WFx");
    }

    @Test
    void anExitOfAnotherThreadIsNotAmended() {
        String wfx = "       CPU 4/KVM   175 [001]     3.299988: kvm:kvm_exit: TRAP: HSR_EC: 0x0001 (WFx), PC: 0x08\n";
        TraceEvent exit = Logs.read(wfx + Logs.PERF + "kvm:kvm_wfx_arm64: guest executed wfe at: 0x08\n")
                .events()
                .get(0);
        assertThat(((KvmExit) exit).reason().name()).isEqualTo("WFx");
    }

    @Test
    void s390() {
        String context = ": 03[0704c00180000000-0000000000114f2e]: ";
        assertThat(Logs.one("kvm:kvm_s390_sie_enter" + context + "entering sie flags 0"))
                .isEqualTo(entry(3, 0x114f2e));
        // an address shorter than eight digits, which are read at once, must not take the mask's for its own
        assertThat(Logs.one("kvm:kvm_s390_sie_enter: 03[0704c00180000000-114f2e]: entering sie flags 0"))
                .isEqualTo(entry(3, 0x114f2e));
        String instruction = "kvm:kvm_s390_sie_exit" + context + "exit sie icptcode 4 (Instruction)";
        assertThat(Logs.one(instruction)).isEqualTo(exit(3, Isa.S390, 4, "Instruction", Family.OTHER, 0x114f2e));
        assertThat(Logs.one("kvm:kvm_s390_sie_exit" + context + "exit sie icptcode 28 (Wait state)"))
                .isEqualTo(exit(3, Isa.S390, 28, "Wait state", Family.HALT, 0x114f2e));
        String diag = "kvm:kvm_s390_handle_diag" + context + "handle diagnose call ";
        assertThat(amended(instruction, diag + "0044 (DIAG (0x44) time slice end)"))
                .isEqualTo(new ExitReason(Isa.S390, 0x44, "DIAG_44", Family.PAUSE));
        assertThat(amended(instruction, diag + "009c (DIAG (0x9c) time slice end directed)"))
                .isEqualTo(new ExitReason(Isa.S390, 0x9c, "DIAG_9C", Family.HYPERCALL));
        assertThat(amended(instruction, diag + "0500 (DIAG (0x500) KVM virtio functions)"))
                .isEqualTo(new ExitReason(Isa.S390, 0x500, "DIAG_500", Family.OTHER));
    }

    @Test
    void powerpc() {
        assertThat(Logs.one("kvm_hv:kvm_guest_enter: VCPU 3: pc=0xc000000000012345 pexcp=0x0 ceded=0"))
                .isEqualTo(entry(3, 0xc000000000012345L));
        String call =
                "kvm_hv:kvm_guest_exit: VCPU 3: trap=SYSCALL pc=0xc000000000012345 msr=0x8000000000009033, ceded=0";
        assertThat(Logs.one(call))
                .isEqualTo(exit(3, Isa.POWERPC, -1, "SYSCALL", Family.HYPERCALL, 0xc000000000012345L));
        assertThat(amended(call, "kvm_hv:kvm_hcall_enter: VCPU 3: hcall=H_CONFER GPR4-7=0x1,0x2,0x3,0x4")
                        .isPause())
                .isTrue();
        assertThat(amended(call, "kvm_hv:kvm_hcall_enter: VCPU 3: hcall=H_CEDE GPR4-7=0x1,0x2,0x3,0x4")
                        .isHalt())
                .isTrue();
        assertThat(Logs.one(
                        "kvm:kvm_exit: exit=DECREMENTER | pc=0xc0001 | msr=0x0 | dar=0x0 | srr1=0x0 | last_inst=0x0"))
                .isEqualTo(exit(-1, Isa.POWERPC, -1, "DECREMENTER", Family.INTERRUPT, 0xc0001));
    }

    @Test
    void riscv() {
        // its kernel prints a literal 0x016 before the hexadecimal digits
        assertThat(Logs.one("kvm:kvm_entry: PC: 0x016ffffffff80200000")).isEqualTo(entry(-1, 0xffffffff80200000L));
        assertThat(Logs.one("kvm:kvm_exit: SEPC:0xffffffff80200000, SCAUSE:0x15, STVAL:0x0, HTVAL:0x0, HTINST:0x0"))
                .isEqualTo(exit(-1, Isa.RISCV, 0x15, "LOAD_GUEST_PAGE_FAULT", Family.PAGE_FAULT, 0xffffffff80200000L));
        assertThat(Logs.one("kvm:kvm_exit: SEPC:0x8, SCAUSE:0x8000000000000005, STVAL:0x0, HTVAL:0x0, HTINST:0x0"))
                .isEqualTo(exit(-1, Isa.RISCV, -1, "INTERRUPT", Family.INTERRUPT, 8));
        assertThat(Logs.one("kvm:kvm_exit: SEPC:0x8, SCAUSE:0x3f, STVAL:0x0, HTVAL:0x0, HTINST:0x0"))
                .isEqualTo(exit(-1, Isa.RISCV, 0x3f, "0x3f", Family.OTHER, 8));
    }

    @Test
    void loongarchAndMips() {
        for (String name : new String[] {"kvm_enter", "kvm_reenter", "kvm_out"}) {
            Logs log = Logs.read(Logs.PERF + "kvm:" + name + ": vcpu 2 PC: 0x9000000000201000\n");
            assertThat(log.events()).containsExactly(entry(2, 0x9000000000201000L));
            assertThat(log.summary.events()).containsOnlyKeys(name);
        }
        assertThat(Logs.one("kvm:kvm_enter: PC: 0x9000000000201000")).isEqualTo(entry(-1, 0x9000000000201000L));
        assertThat(Logs.one("kvm:kvm_exit_idle: vcpu 2 [IDLE] PC: 0x9000000000201000"))
                .isEqualTo(exit(2, Isa.LOONGARCH, -1, "IDLE", Family.HALT, 0x9000000000201000L));
        assertThat(Logs.one("kvm:kvm_exit: [WAIT]PC: 0x80001000"))
                .isEqualTo(exit(-1, Isa.MIPS, -1, "WAIT", Family.HALT, 0x80001000L));
    }
}
