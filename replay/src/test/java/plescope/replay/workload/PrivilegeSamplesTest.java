package plescope.replay.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plescope.parser.event.ExitReason;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.engine.Workloads;
import plescope.replay.model.Origin;
import plescope.replay.model.Roster;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;

/** One VM of two vCPUs in 4000 ns: vCPU 0 works until 3000 and spins then, interrupted every 100 ns. */
class PrivilegeSamplesTest {
    private static final long KERNEL = 0xffff_ffff_8100_0000L;
    private static final long PROGRAM = 0x5555_0000_1000L;
    private static final Roster ROSTER = Workloads.roster(1, 2);
    private static final long SPAN_NS = 4_000;

    private final WorkloadExtractor extractor = new WorkloadExtractor();

    PrivilegeSamplesTest() {
        extractor.interval(new VcpuInterval(0, VcpuState.GUEST, 0, 0, 3_000, Origin.RECORDED));
        extractor.interval(new VcpuInterval(0, VcpuState.SPINNING, 0, 3_000, SPAN_NS, Origin.RECORDED));
    }

    private void exit(Family family, long timeNs, long rip) {
        ExitReason reason = new ExitReason(ExitReason.Isa.SVM, 0, family.name(), family);
        extractor.vmExit(new VmExit(0, 0, timeNs, timeNs, reason, rip, -1, 0, 1));
    }

    /** At work a program every third time, spinning never. */
    private void interrupts(long program, long kernel) {
        for (int i = 1; i < 40; i++) {
            boolean inProgram = i <= 30 && i % 3 == 0;
            exit(Family.INTERRUPT, 100L * i, inProgram ? program : kernel);
        }
    }

    private int userPermille(int vcpu) {
        return extractor.extract(ROSTER, SPAN_NS).work(vcpu).userPermille();
    }

    /** 10 of the 30 samples at work; the 9 that found it spinning say nothing of its work. */
    @Test
    void theShareOfUserModeIsThatOfSamplesAtWork() {
        exit(Family.MSR, 50, KERNEL);
        interrupts(PROGRAM, KERNEL);
        assertThat(userPermille(0)).isEqualTo(333);
        assertThat(userPermille(1)).isZero();
    }

    @Test
    void aGuestThatIsAllKernelStaysSo() {
        exit(Family.MSR, 50, KERNEL);
        interrupts(KERNEL, KERNEL);
        assertThat(userPermille(0)).isZero();
    }

    /** Halting is for kernels: this one's addresses are those of other systems' programs. */
    @Test
    void aKernelInTheLowerHalfIsNoProgram() {
        exit(Family.HALT, 50, PROGRAM);
        interrupts(PROGRAM, PROGRAM);
        assertThat(userPermille(0)).isZero();
    }

    /** 19 samples at work. */
    @Test
    void fewSamplesSayNothing() {
        exit(Family.MSR, 50, KERNEL);
        for (int i = 1; i <= 19; i++) {
            exit(Family.INTERRUPT, 100L * i, PROGRAM);
        }
        assertThat(userPermille(0)).isZero();
    }
}
