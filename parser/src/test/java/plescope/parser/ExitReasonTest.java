package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.event.ExitReason;
import plescope.parser.event.ExitReason.Family;
import plescope.parser.event.ExitReason.Isa;
import plescope.parser.event.KvmExit;
import plescope.parser.event.TraceEvent;

/** One reason above all its spellings, by the vendor that the log shows, with the spelling kept. */
final class ExitReasonTest {
    private static Logs read(String... reasons) {
        StringBuilder log = new StringBuilder();
        for (String reason : reasons) {
            log.append(Logs.PERF)
                    .append("kvm:kvm_exit: vcpu 1 reason ")
                    .append(reason)
                    .append(" rip 0x10 info 0 0\n");
        }
        return Logs.read(log.toString());
    }

    private static List<ExitReason> reasons(String... reasons) {
        List<ExitReason> found = new ArrayList<>();
        for (TraceEvent event : read(reasons).events()) {
            if (event instanceof KvmExit exit) {
                found.add(exit.reason());
            }
        }
        return found;
    }

    @Test
    void theSpellingIsKeptBesideTheName() {
        assertThat(reasons("EXIT_PAUSE", "pause", "UNKNOWN (119)", "UNKOWN (119)"))
                .allMatch(reason -> reason.name().equals("pause") && reason.isPause() && reason.code() == 0x77)
                .extracting(ExitReason::spelling)
                .containsExactly("EXIT_PAUSE", "pause", "UNKNOWN (119)", "UNKOWN (119)");
        ExitReason unnamed = reasons("(null)").get(0);
        assertThat(unnamed.name()).isEqualTo("(null)");
        assertThat(unnamed.isa()).isEqualTo(Isa.UNKNOWN);
    }

    /** 0x30 is VMX 48, a page fault, and SVM 0x30, a write of DR0. */
    @Test
    void aBareCodeMeansWhatTheLogsVendorMeansByIt() {
        assertThat(reasons("HLT", "0x30").get(1).name()).isEqualTo("EPT_VIOLATION");
        assertThat(reasons("hlt", "0x30").get(1).name()).isEqualTo("write_dr0");
        assertThat(reasons("hlt", "UNKNOWN (48)").get(1).name()).isEqualTo("write_dr0");
        assertThat(reasons("0x30").get(0).isa()).isEqualTo(Isa.UNKNOWN);
        // no SVM exit has the code of VMX's PAUSE, and no VMX exit that of SVM's
        assertThat(reasons("hlt", "0x28").get(1)).isEqualTo(new ExitReason(Isa.SVM, 0x28, "0x28", Family.OTHER));
        assertThat(reasons("HLT", "0x77").get(1)).isEqualTo(new ExitReason(Isa.VMX, 0x77, "0x77", Family.OTHER));
        assertThat(reasons("HLT", "0x28").get(1).isPause()).isTrue();
    }

    /** The names of 2.6.3x kernels on VMX: cpuid and hypercall are also SVM's names. */
    @Test
    void aNameOfBothVendorsIsTheLogsVendors() {
        assertThat(reasons("apic_access", "cpuid", "hypercall"))
                .extracting(ExitReason::name)
                .containsExactly("APIC_ACCESS", "CPUID", "VMCALL");
        assertThat(reasons("npf", "cpuid", "hypercall"))
                .extracting(ExitReason::name)
                .containsExactly("npf", "cpuid", "hypercall");
        assertThat(read("cpuid", "apic_access").summary.isa()).isEqualTo(Isa.VMX);
    }

    @Test
    void theHeadsCpuTellsTheVendorWhereNoNameDoes() {
        String log =
                "# cpuid : GenuineIntel,6,85,7\n" + Logs.PERF + "kvm:kvm_exit: vcpu 1 reason 0x30 rip 0x10 info 0 0\n";
        assertThat(((KvmExit) Logs.read(log).events().stream()
                                .filter(KvmExit.class::isInstance)
                                .findFirst()
                                .orElseThrow())
                        .reason()
                        .name())
                .isEqualTo("EPT_VIOLATION");
    }

    @Test
    void codesWithTheHighestBitAreVmgexitsOnSvmAndFailedEntriesOnVmx() {
        assertThat(reasons("npf", "0x80000001").get(1).name()).isEqualTo("vmgexit_mmio_read");
        assertThat(reasons("npf", "0xffffffff").get(1).name()).isEqualTo("invalid_guest_state");
        assertThat(reasons("npf", "EXIT_ERR").get(1).name()).isEqualTo("invalid_guest_state");
        ExitReason failed = reasons("HLT", "UNKNOWN (2147483681)").get(1); // 0x80000021
        assertThat(failed.name()).isEqualTo("INVALID_STATE");
        assertThat(failed.failedEntry()).isTrue();
        Logs log = read("EXCEPTION_NMI FAILED_VMENTRY", "HLT");
        assertThat(log.summary.diagnostics().count(DiagnosticCode.FAILED_ENTRY)).isEqualTo(1);
    }

    @Test
    void exitsWithoutRipAreOfEncryptedGuests() {
        String hidden = Logs.PERF + "kvm:kvm_exit: vcpu 1 reason npf rip 0x0 info 0 0\n";
        String shown = Logs.PERF + "kvm:kvm_exit: vcpu 1 reason npf rip 0x10 info 0 0\n";
        assertThat(Logs.read(hidden + shown.repeat(9)).summary.diagnostics().count(DiagnosticCode.NO_RIP))
                .isEqualTo(1);
        assertThat(Logs.read(hidden + shown.repeat(10)).summary.diagnostics().count(DiagnosticCode.NO_RIP))
                .isZero();
    }

    @Test
    void exitsCutBehindTheirRipAreNoticed() {
        String cut = Logs.PERF + "kvm:kvm_exit: vcpu 1 reason npf rip 0x10\n";
        assertThat(Logs.read(cut).summary.diagnostics().count(DiagnosticCode.CUT_FIELDS))
                .isEqualTo(1);
        assertThat(read("npf").summary.diagnostics().count(DiagnosticCode.CUT_FIELDS))
                .isZero();
    }
}
