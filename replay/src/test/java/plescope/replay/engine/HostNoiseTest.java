package plescope.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.OsNoise;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.policy.Setting;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;

class HostNoiseTest {
    private static final long MS = 1_000_000;
    private static final long SPAN_NS = 1_000 * MS;

    /** Switch out 2 us, switch in 2 us, tick 1.5 us. */
    private static HostModel host(int pcpus) {
        return new HostModel(pcpus, List.of(), 250, HostCosts.DEFAULT, PleHardware.VMX_DEFAULT);
    }

    private static CheckedSink run(HostModel host, int vcpus, String setting, long seed) {
        List<VcpuWork> work = LongStream.range(0, vcpus)
                .mapToObj(v -> new VcpuWork.Builder().compute(2 * SPAN_NS).build())
                .toList();
        Workload workload = new Workload(Workloads.roster(1, vcpus), work, new int[0], SPAN_NS);
        CheckedSink sink = new CheckedSink();
        sink.check(workload, HostSimulator.run(workload, host, Setting.parse(setting), seed, sink));
        return sink;
    }

    /** 100 ms apart in the mean: about ten times in a second the only vCPU is away for 50 us, and goes on afterwards. */
    @Test
    void otherThreadsDisplaceTheVcpuForAsLongAsTheyRun() {
        HostModel noisy = host(1).withNoise(List.of(new OsNoise(100 * MS, 50_000)));
        for (String setting : List.of("cfs-6.1+no-ple", "eevdf-6.12+no-ple")) {
            CheckedSink sink = run(noisy, 1, setting, 7);
            List<VcpuInterval> away = sink.intervals.stream()
                    .filter(i -> i.state() == VcpuState.PREEMPTED)
                    .toList();
            assertThat(away).hasSizeBetween(5, 20);
            assertThat(away).extracting(VcpuInterval::durationNs).containsOnly(50_000L);
        }
    }

    @Test
    void aQuietHostTakesNothingFromTheVcpu() {
        CheckedSink sink = run(host(1), 1, "cfs-6.1+no-ple", 7);
        assertThat(sink.timeIn(0, VcpuState.PREEMPTED)).isZero();
    }

    @Test
    void equalSeedsGiveEqualNoise() {
        HostModel noisy = host(2).withNoise(List.of(new OsNoise(20 * MS, 30_000), new OsNoise(30 * MS, 70_000)))
                .withTickSpread(20_000);
        for (String setting : List.of("cfs-6.1+p2019", "eevdf-6.12+p2024")) {
            assertThat(run(noisy, 5, setting, 3).rows).isEqualTo(run(noisy, 5, setting, 3).rows);
            assertThat(run(noisy, 5, setting, 3).rows).isNotEqualTo(run(noisy, 5, setting, 4).rows);
        }
    }

    /** No displacement draws nothing and changes nothing. */
    @Test
    void noiseThatNeverComesIsNone() {
        HostModel quiet = host(2).withNoise(List.of(OsNoise.NONE, OsNoise.NONE));
        assertThat(run(quiet, 5, "cfs-6.1+p2019", 3).rows).isEqualTo(run(host(2), 5, "cfs-6.1+p2019", 3).rows);
    }

    /** Each pCPU runs one vCPU, which exits for the tick alone: 250 times a second, on both within 20 us of the common phase. */
    @Test
    void ticksFallTogetherWithinTheirSpread() {
        CheckedSink sink = run(host(2).withTickSpread(20_000), 2, "cfs-6.1+no-ple", 11);
        long[] offsets = sink.exits.stream()
                .filter(e -> e.reason().family() == Family.INTERRUPT)
                .mapToLong(e -> e.exitNs() % (4 * MS))
                .sorted()
                .toArray();
        // Two pCPUs, 250 periods, of which the first and the last may be cut, and two start-up kicks.
        assertThat(offsets).hasSizeBetween(2 * 249, 2 * 250 + 2);
        assertThat(offsets[offsets.length - 1] - offsets[0]).isBetween(15_000L, 20_000L);
    }
}
