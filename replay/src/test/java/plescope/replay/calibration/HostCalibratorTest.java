package plescope.replay.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.event.ExitReason;
import plescope.replay.calibration.CostSpread.Cost;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.OsNoise;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Origin;
import plescope.replay.model.Roster;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;

class HostCalibratorTest {
    private static final ExitReason PAUSE = new ExitReason(ExitReason.Isa.SVM, 0x77, "pause", ExitReason.Family.PAUSE);

    private final HostCalibrator calibrator = new HostCalibrator();

    private static Roster oneVcpu() {
        return new Roster(
                List.of(new Roster.Vm(0, "vm0", -1, Roster.Grouping.INFERRED)),
                List.of(new Roster.Vcpu(0, 0, 0, 100, "CPU 0/KVM")),
                List.of(),
                2);
    }

    private void interval(VcpuState state, int pcpu, long start, long end) {
        calibrator.interval(new VcpuInterval(0, state, pcpu, start, end, Origin.RECORDED));
    }

    /** One round of 1000 ns: guest 600, host 30 to the switch, away 350, host 20 back to the entry. */
    private void switchingRound(long at, int pcpu) {
        interval(VcpuState.GUEST, pcpu, at, at + 600);
        interval(VcpuState.HOST, pcpu, at + 600, at + 630);
        interval(VcpuState.PREEMPTED, -1, at + 630, at + 980);
        interval(VcpuState.HOST, pcpu, at + 980, at + 1000);
        calibrator.vmExit(new VmExit(0, pcpu, at + 600, at + 1000, PAUSE, 0, 600, 3000, 1));
    }

    /** One round of 1000 ns: guest 990, then a PAUSE exit handled in 10 without a switch. */
    private void quickRound(long at) {
        interval(VcpuState.GUEST, 0, at, at + 990);
        interval(VcpuState.HOST, 0, at + 990, at + 1000);
        calibrator.vmExit(new VmExit(0, 0, at + 990, at + 1000, PAUSE, 0, 990, 3000, 1));
    }

    @Test
    void costsAreTheMediansOfWhatWasSeen() {
        for (int round = 0; round < 100; round++) {
            if (round % 2 == 0) {
                switchingRound(round * 1000L, 0);
            } else {
                quickRound(round * 1000L);
            }
        }
        interval(VcpuState.GUEST, 0, 100_000, 100_500);
        HostModel host = calibrator.model(oneVcpu(), 250, PleHardware.VMX_DEFAULT);
        assertThat(host.costs().pauseExitNs()).isEqualTo(10);
        assertThat(host.costs().switchOutNs()).isEqualTo(30);
        assertThat(host.costs().switchInNs()).isEqualTo(20);
        // No timer exit was seen: the default stays.
        assertThat(host.costs().tickNs()).isEqualTo(HostCosts.DEFAULT.tickNs());
    }

    /** PAUSE exits handled in 10, 20, 30 and 40 ns: one is below the middle half, which ends at the longest. */
    @Test
    void theSpreadOfACostIsTheMiddleHalfOfItsSamples() {
        for (int round = 0; round < 4; round++) {
            long at = round * 1000L;
            long entry = at + 10L * (round + 1);
            calibrator.vmExit(new VmExit(0, 0, at, entry, PAUSE, 0, 990, 3000, 1));
            interval(VcpuState.HOST, 0, at, entry);
            interval(VcpuState.GUEST, 0, entry, at + 1000);
        }
        assertThat(calibrator.spreads())
                .contains(new CostSpread(Cost.PAUSE_EXIT, 4, 20, 40), new CostSpread(Cost.TICK, 0, 0, 0));
    }

    @Test
    void aVcpuThatNeverMovedIsPinned() {
        for (int round = 0; round < HostCalibrator.PINNED_MIN_RUNS; round++) {
            switchingRound(round * 1000L, 1);
        }
        assertThat(calibrator.model(oneVcpu(), 250, PleHardware.VMX_DEFAULT).allowedPcpus(0))
                .isEqualTo(CpuSet.of(1));
    }

    @Test
    void aVcpuSeenOnTwoPcpusMayUseAll() {
        for (int round = 0; round < HostCalibrator.PINNED_MIN_RUNS; round++) {
            switchingRound(round * 1000L, round % 2);
        }
        assertThat(calibrator.model(oneVcpu(), 250, PleHardware.VMX_DEFAULT).allowedPcpus(0))
                .isEqualTo(CpuSet.of(0, 1));
    }

    /**
     * The vCPU (thread 100) runs 98 us of 100 on pCPU 0, ten times; threads 7 and 0 then have it for 2 us. Thread 7 displaced it six
     * times, so once per 980 / 6 = 163 us; the idle task is nobody, and thread 7 behind the idle task takes nothing from anybody.
     */
    @Test
    void otherThreadsAreCountedWhereTheyDisplaceAVcpu() {
        for (int round = 0; round < 10; round++) {
            long at = round * 100_000L;
            int by = round < 6 ? 7 : 0;
            interval(VcpuState.GUEST, 0, at, at + 98_000);
            interval(VcpuState.PREEMPTED, -1, at + 98_000, at + 100_000);
            calibrator.contextSwitch(0, at + 98_000, 100, by);
            calibrator.contextSwitch(0, at + 100_000, by, 100);
        }
        calibrator.contextSwitch(1, 0, 0, 7);
        calibrator.contextSwitch(1, 50_000, 7, 0);
        assertThat(calibrator.model(oneVcpu(), 250, PleHardware.VMX_DEFAULT).noise())
                .containsExactly(new OsNoise(980_000 / 6, 2_000), OsNoise.NONE);
    }
}
