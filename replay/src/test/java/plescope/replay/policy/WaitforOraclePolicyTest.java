package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plescope.replay.engine.CheckedSink;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.Workloads;
import plescope.replay.workload.Workload;

class WaitforOraclePolicyTest extends PolicyContract {
    @Override
    String setting() {
        return "cfs-6.1+waitfor-oracle";
    }

    @Test
    void losesToNoPolicyOnAConvoy() {
        Workload work = Workloads.convoy(2, 4, 100_000, 8_000, 40_000, 400_000_000);
        long oracle = HostSimulator.run(work, Workloads.host(2), Setting.parse(setting()), 1, new CheckedSink())
                .totalWorkNs();
        for (String other :
                new String[] {"cfs-6.1+p2011", "cfs-6.1+p2019", "cfs-6.1+p2019+debooster", "cfs-6.1+no-ple"}) {
            long work2 = HostSimulator.run(work, Workloads.host(2), Setting.parse(other), 1, new CheckedSink())
                    .totalWorkNs();
            assertThat(oracle).as(other).isGreaterThan(work2);
        }
    }
}
