package plescope.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;
import plescope.replay.policy.Setting;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;

class RecordedStepsTest {
    private static final long MS = 1_000_000;

    private static CheckedSink run(VcpuWork.Builder... work) {
        HostModel host =
                new HostModel(2, List.of(CpuSet.of(0), CpuSet.of(1)), 10, HostCosts.DEFAULT, PleHardware.VMX_DEFAULT);
        List<VcpuWork> built =
                List.of(work).stream().map(VcpuWork.Builder::build).toList();
        Workload workload = new Workload(Workloads.roster(1, work.length), built, new int[0], 100 * MS);
        CheckedSink sink = new CheckedSink();
        sink.check(workload, HostSimulator.run(workload, host, Setting.parse("cfs-6.1+no-ple"), 1, sink));
        return sink;
    }

    /** Whether the guest gets to its halt early or 3 ms of host time later: it sleeps 500 us from there. */
    @Test
    void aHaltForItsOwnTimerLastsAsLongWheneverItBegins() {
        for (long hostNs : new long[] {1_000, 3 * MS}) {
            CheckedSink sink = run(new VcpuWork.Builder()
                    .compute(100_000)
                    .add(StepKind.HOST, hostNs, Family.IO.ordinal())
                    .add(StepKind.HALT_FOR, 500_000, -1)
                    .compute(100_000));
            VmExit halt = sink.exits.stream()
                    .filter(e -> e.reason().isHalt())
                    .findFirst()
                    .orElseThrow();
            assertThat(sink.wakeups.get(0).timeNs()).isEqualTo(halt.exitNs() + 500_000);
        }
    }

    /** 0.9 ms of work are waited for, all of it; 1.1 ms are more than a spinlock is held for. */
    @Test
    void aVcpuFarFromItsReleaseHoldsNoLock() {
        for (long awaited : new long[] {900_000, 1_100_000}) {
            CheckedSink sink = run(
                    new VcpuWork.Builder()
                            .add(StepKind.SPIN_UNTIL_WORK, awaited, 1)
                            .compute(2 * MS),
                    new VcpuWork.Builder().compute(2 * MS));
            assertThat(sink.timeIn(0, VcpuState.SPINNING))
                    .isBetween(
                            // A tick takes 1.5 us from one or the other.
                            awaited == 900_000 ? 890_000L : 0, awaited == 900_000 ? 910_000L : 0);
        }
    }
}
