package plescope.replay.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.event.ExitReason;
import plescope.replay.model.Ipi;
import plescope.replay.model.Origin;
import plescope.replay.model.Roster;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;

class IpiWaitTest {
    private static final ExitReason HLT = new ExitReason(ExitReason.Isa.SVM, 0, "hlt", ExitReason.Family.HALT);

    private final WorkloadExtractor extractor = new WorkloadExtractor();
    private long line = 1;

    private static Roster oneVm(int vcpus) {
        List<Roster.Vcpu> all = new ArrayList<>();
        for (int v = 0; v < vcpus; v++) {
            all.add(new Roster.Vcpu(v, 0, v, 100 + v, "CPU " + v + "/KVM"));
        }
        return new Roster(List.of(new Roster.Vm(0, "vm0", -1, Roster.Grouping.INFERRED)), all, List.of(), 1);
    }

    private void guest(int vcpu, VcpuState state, long start, long end) {
        extractor.interval(new VcpuInterval(vcpu, state, 0, start, end, Origin.RECORDED));
    }

    private void ipi(int sender, int receiver, int vector, long sentNs, long ackNs) {
        extractor.ipi(new Ipi(sender, receiver, vector, sentNs, ackNs, line++, 0));
    }

    private void ipiEpisode(long id, int vcpu, long start, long end) {
        extractor.episode(new SpinEpisode(
                id, vcpu, start, end, 1, end - start, 0x1000, SpinEpisode.End.PROGRESS, Origin.INFERRED, line++, line));
        extractor.waited(new Wait(id, Wait.Cause.IPI, 0.9, Wait.Evidence.DIRECT, List.of(), List.of()));
    }

    private static List<String> waits(Workload work, int vcpu) {
        List<String> waits = new ArrayList<>();
        VcpuWork steps = work.work(vcpu);
        for (int i = 0; i < steps.size(); i++) {
            if (steps.kind(i) == StepKind.SPIN_UNTIL_ACKED) {
                List<Integer> receivers = new ArrayList<>();
                for (int id = steps.ref(i); id < steps.ref(i) + steps.ns(i); id++) {
                    receivers.add(work.ipiReceiver(id));
                }
                waits.add(receivers.toString());
            }
        }
        return waits;
    }

    /**
     * vCPU 0 calls 1 and 2 at 1000. vCPU 1 calls 0 and 2 at 1500, while the IPI to 2 is on its way: only 0 gets one. Nothing is on
     * its way to 2 when 1 calls again at 90000, and 2 gets its IPI: so 1 always calls both, and at 1500 it waited for 2, too.
     */
    @Test
    void aReceiverWithAnIpiOnItsWayIsWaitedForWithoutAnother() {
        guest(0, VcpuState.GUEST, 0, 100_000);
        guest(1, VcpuState.GUEST, 0, 100_000);
        guest(2, VcpuState.GUEST, 0, 100_000);
        ipi(0, 1, 252, 1_000, 1_400);
        ipi(0, 2, 252, 1_000, 5_000);
        ipi(1, 0, 252, 1_500, 1_900);
        ipi(1, 0, 252, 90_000, 90_400);
        ipi(1, 2, 252, 90_000, 90_500);
        ipiEpisode(0, 1, 1_600, 5_000);
        ipiEpisode(1, 0, 1_100, 5_000);
        Workload work = extractor.extract(oneVm(3), 100_000);
        assertThat(waits(work, 0)).containsExactly("[1, 2]");
        assertThat(waits(work, 1)).containsExactly("[0, 2]", "[0, 2]");
        // vCPU 1 waited 1500..5000, not 1500..1900, and 90000..90500: 100000 - 3500 - 500.
        assertThat(work.work(1).totalWorkNs()).isEqualTo(96_000);
    }

    /** The same vCPU 1: all of 0..100000 is a GUEST row, and of 0..3000 it waited from 1500 on. Replays count 1500, so must this. */
    @Test
    void theClockOfAWorkloadTellsWaitsThatNoWindowShows() {
        guest(0, VcpuState.GUEST, 0, 100_000);
        guest(1, VcpuState.GUEST, 0, 100_000);
        ipi(1, 0, 252, 1_500, 5_000);
        ipiEpisode(1, 0, 1_100, 5_000);
        ipi(0, 1, 252, 1_000, 1_500);
        ipiEpisode(0, 1, 1_600, 5_000);
        Workload work = extractor.extract(oneVm(2), 100_000);
        WorkTime clock = extractor.workTime(oneVm(2));
        assertThat(clock.between(1, 0, 3_000)).isEqualTo(1_500);
        assertThat(clock.between(1, 0, 100_000))
                .isEqualTo(work.work(1).totalWorkNs())
                .isEqualTo(96_500);
        LockWaits.Tally tally = extractor.lockWaits(oneVm(2)).tally(oneVm(2), 0, 0, 100_000);
        // vCPU 0 waited 1000..1500.
        assertThat(tally.workNs()).isEqualTo(96_500 + 99_500);
    }

    /** A vCPU that gets its IPI at one of three chances is no receiver by default: it is not waited for without one. */
    @Test
    void aReceiverNowAndThenIsNotWaitedForUnseen() {
        guest(0, VcpuState.GUEST, 0, 1_000_000);
        guest(1, VcpuState.GUEST, 0, 1_000_000);
        guest(2, VcpuState.GUEST, 0, 1_000_000);
        for (int i = 0; i < 3; i++) {
            ipi(1, i == 2 ? 2 : 0, 251, 100_000L * i, 100_000L * i + 50);
        }
        ipi(0, 2, 251, 500_000, 600_000);
        ipi(1, 0, 251, 550_000, 550_100);
        ipiEpisode(0, 1, 20, 50);
        assertThat(waits(extractor.extract(oneVm(3), 1_000_000), 1)).containsExactly("[0]", "[0]", "[2]", "[0]");
    }

    /** A wait that begins after its vCPU's last call was answered belongs to a call whose receivers all had one on its way. */
    @Test
    void aCallWithoutAnyIpiIsFoundByItsWait() {
        guest(0, VcpuState.GUEST, 0, 100_000);
        guest(1, VcpuState.GUEST, 0, 40_000);
        guest(1, VcpuState.SPINNING, 40_000, 60_000);
        guest(1, VcpuState.GUEST, 60_000, 100_000);
        guest(2, VcpuState.GUEST, 0, 100_000);
        ipi(1, 2, 251, 1_000, 1_500);
        ipi(0, 2, 251, 30_000, 60_000);
        ipiEpisode(0, 1, 1_200, 1_500);
        ipiEpisode(1, 1, 40_000, 60_000);
        Workload work = extractor.extract(oneVm(3), 100_000);
        assertThat(waits(work, 1)).containsExactly("[2]", "[2]");
        // 100000 less 500 and less 20000.
        assertThat(work.work(1).totalWorkNs()).isEqualTo(79_500);
    }

    /**
     * No PLE exits. vCPU 0 calls with vector 251, 100 times, answered after 900 of every 1000, and halts right after each answer:
     * nothing ever falls into these 90000, in which 1800 acts were to be expected at the usual pace, 200 in 10000. Those of vector
     * 253 are answered after 200, and a halt falls into each; at the pace outside, 100 in 80000, 25 would have.
     */
    @Test
    void aVectorIsWaitedForIfItsSenderHoldsBackUntilTheAnswer() {
        for (int i = 0; i < 100; i++) {
            long start = 1_000L * i;
            guest(0, VcpuState.GUEST, start, start + 1_000);
            guest(1, VcpuState.GUEST, start, start + 1_000);
            ipi(0, 1, 251, start, start + 900);
            extractor.vmExit(new VmExit(0, 0, start + 990, start + 1_000, HLT, 0x1000, -1, 0, line++));
            ipi(1, 0, 253, start + 400, start + 600);
            extractor.vmExit(new VmExit(1, 0, start + 450, start + 460, HLT, 0x1000, -1, 0, line++));
        }
        Workload work = extractor.extract(oneVm(2), 100_000);
        assertThat(waits(work, 0)).hasSize(100).containsOnly("[1]");
        assertThat(waits(work, 1)).isEmpty();
        // 100 of every 1000.
        assertThat(work.work(0).totalWorkNs()).isEqualTo(10_000);
        assertThat(work.work(1).totalWorkNs()).isEqualTo(100_000);
    }
}
