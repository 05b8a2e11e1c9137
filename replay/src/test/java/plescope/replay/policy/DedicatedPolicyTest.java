package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plescope.replay.engine.CheckedSink;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.Workloads;
import plescope.replay.model.VcpuState;
import plescope.replay.workload.Workload;

class DedicatedPolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "dedicated";
    }

    @Test
    void nobodyIsEverPreempted() {
        CheckedSink sink = new CheckedSink();
        Workload work = Workloads.convoy(2, 4, 5_000, 8_000, 40_000, 100_000_000);
        HostSimulator.run(work, Workloads.host(2), Setting.parse("cfs-6.1+" + policy()), 1, sink);
        assertThat(sink.intervals).noneMatch(interval -> interval.state() == VcpuState.PREEMPTED);
    }
}
