package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plescope.replay.engine.CheckedSink;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.Workloads;
import plescope.replay.model.VcpuState;
import plescope.replay.workload.Workload;

class NoPlePolicyTest extends PolicyContract {
    @Override
    String setting() {
        return "eevdf-6.12+no-ple";
    }

    @Test
    void nobodyExitsForSpinning() {
        CheckedSink sink = new CheckedSink();
        Workload work = Workloads.convoy(2, 4, 5_000, 8_000, 40_000, 100_000_000);
        HostSimulator.run(work, Workloads.host(2), Setting.parse(setting()), 1, sink);
        assertThat(sink.exits).noneMatch(exit -> exit.reason().isPause());
        assertThat(sink.episodes).isEmpty();
        assertThat(sink.intervals).anyMatch(interval -> interval.state() == VcpuState.SPINNING);
    }
}
