package plescope.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plescope.replay.model.HostModel;
import plescope.replay.model.VcpuState;
import plescope.replay.policy.Setting;
import plescope.replay.workload.Workload;

class HostSimulatorTest {
    private static final long MS = 1_000_000;

    private static CheckedSink run(Workload work, HostModel host, String setting) {
        CheckedSink sink = new CheckedSink();
        SimulationSummary summary = HostSimulator.run(work, host, Setting.parse(setting), 1, sink);
        sink.check(work, summary);
        return sink;
    }

    @Test
    void twoComputingVcpusShareOnePcpuEvenly() {
        CheckedSink sink = run(Workloads.computing(1, 2, 1000 * MS, 1000 * MS), Workloads.host(1), "cfs-6.1+p2019");
        assertThat(sink.timeIn(0, VcpuState.GUEST)).isBetween(480 * MS, 520 * MS);
        assertThat(sink.timeIn(1, VcpuState.GUEST)).isBetween(480 * MS, 520 * MS);
    }
}
