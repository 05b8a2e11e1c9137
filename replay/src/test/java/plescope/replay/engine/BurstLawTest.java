package plescope.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.Topology;
import plescope.replay.policy.Setting;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;

/**
 * How long a burst of PLE exits lasts when CFS refuses the hint: the target's virtual time is a gap g ahead of the spinner's, more than
 * the wake-up granularity. The spinner burns the excess g - gran at a cost C per exit plus the guest run w before it.
 *
 * <p>Set-up on one of 8 pCPUs (24 ms latency, 4 ms granularity): fork puts the target at 24 ms (alone, a whole period) and the spinner
 * at 12 (half a period). The spinner computes 12 - g ms and halts; the target runs for 1 us and so stands g ahead when the spinner
 * wakes. Only PLE exits cost anything. Ticks are 100 ms apart; those of seed 1 do not fall into the burst.
 */
class BurstLawTest {
    private static final int TARGET = 0;
    private static final int SPINNER = 1;
    private static final long US = 1_000;
    private static final long MS = 1_000_000;
    private static final long PAUSE_EXIT_NS = 22 * US;

    /** Exits of the burst, with the last, whose hint passes: the least n for which n guest runs and n - 1 costs burn the excess. */
    private static long exits(long gapNs, PleHardware ple) {
        long before = 12 * MS - gapNs;
        VcpuWork target = new VcpuWork.Builder().compute(2 * MS).build();
        VcpuWork spinner = new VcpuWork.Builder()
                .compute(before)
                .add(StepKind.HALT_UNTIL_TIME, before + US, -1)
                .add(StepKind.SPIN_UNTIL_WORK, MS, TARGET)
                .compute(1)
                .build();
        Workload work = new Workload(Workloads.roster(1, 2), List.of(target, spinner), new int[0], 200 * MS);
        HostCosts costs = new HostCosts(0, PAUSE_EXIT_NS, 0, 0, 0, 0, 0, 0, 0);
        List<CpuSet> pinned = List.of(CpuSet.of(0), CpuSet.of(0));
        HostModel.Kvm noPolling = new HostModel.Kvm(false, 0, 2, 10_000, -1);
        HostModel host = new HostModel(Topology.flat(8), pinned, List.of(0, 0), 10, costs, ple, noPolling, List.of());
        SimulationSummary summary =
                HostSimulator.run(work, host, Setting.parse("cfs-5.6+p2019"), 1, new SelectiveSink() {});
        assertThat(summary.vcpus().get(TARGET).workNs()).isGreaterThanOrEqualTo(MS);
        return summary.vcpus().get(SPINNER).pauseExits();
    }

    /**
     * Constant window of 8000 half-nanosecond cycles, so w = 4 us and C + w = 26 us. The law counts refused hints, N = ceil((g - 4 ms) /
     * 26 us): 1000 / 26 = 38.5, 2600 / 26 = 100, 4000 / 26 = 153.8, 8000 / 26 = 307.7; one more exit passes. Growth 0 resets the window
     * to its base, growth 1 keeps it.
     */
    @ParameterizedTest
    @CsvSource({"5000, 39", "6600, 100", "8000, 154", "12000, 308"})
    void aConstantWindowMeansBurstsInProportionToTheGap(long gapUs, long law) {
        assertThat(exits(gapUs * US, new PleHardware(8000, 0, 0, Integer.MAX_VALUE, 500)))
                .isEqualTo(law + 1);
        assertThat(exits(gapUs * US, new PleHardware(8000, 1, 0, Integer.MAX_VALUE, 500)))
                .isEqualTo(law + 1);
    }

    /**
     * The window doubles from 4096 cycles or 2.048 us: N exits take N * 22 us + 2.048 us * (2^N - 1). Excess 1 ms: 8 exits take 698 us,
     * 9 take 1245. 2.6 ms: 10 take 2315, 11 take 4434. 8 ms: 11 take 4434, 12 take 8651. Here the last guest run alone burns what was
     * left, so the exit that ends it already passes, and none comes on top.
     */
    @ParameterizedTest
    @CsvSource({"5000, 9", "6600, 11", "12000, 12"})
    void aDoublingWindowMeansLogarithmicBursts(long gapUs, long law) {
        assertThat(exits(gapUs * US, PleHardware.VMX_DEFAULT)).isEqualTo(law);
    }

    /** Up to the granularity the hint passes at once: the law gives 0, and the exit that passes is the only one. */
    @Test
    void withinTheGateThereIsNoBurst() {
        // A gap of 4 ms does not let the spinner preempt when it wakes: 1 ns more does, which the first guest run
        // burns.
        assertThat(exits(4 * MS + 1, PleHardware.VMX_DEFAULT)).isEqualTo(1);
    }
}
