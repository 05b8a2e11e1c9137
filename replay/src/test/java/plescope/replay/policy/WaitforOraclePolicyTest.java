package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.engine.CheckedSink;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.Workloads;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.workload.Workload;

class WaitforOraclePolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "waitfor-oracle";
    }

    @Test
    void losesToNoPolicyOnAConvoy() {
        Workload work = Workloads.convoy(2, 4, 100_000, 8_000, 40_000, 400_000_000);
        long oracle = HostSimulator.run(
                        work, Workloads.host(2), Setting.parse("cfs-6.1+" + policy()), 1, new CheckedSink())
                .totalWorkNs();
        for (String other :
                new String[] {"cfs-6.1+p2011", "cfs-6.1+p2019", "cfs-6.1+p2019+debooster", "cfs-6.1+no-ple"}) {
            long work2 = HostSimulator.run(work, Workloads.host(2), Setting.parse(other), 1, new CheckedSink())
                    .totalWorkNs();
            assertThat(oracle).as(other).isGreaterThan(work2);
        }
    }

    @Test
    void losesToNoPolicyWhereVcpusArePinned() {
        Workload work = Workloads.convoy(2, 4, 100_000, 8_000, 40_000, 400_000_000);
        HostModel free = Workloads.host(2);
        CpuSet first = CpuSet.of(0);
        CpuSet second = CpuSet.of(1);
        List<CpuSet> pins = List.of(first, second, first, second, first, second, first, second);
        HostModel pinned = new HostModel(2, pins, free.hz(), free.costs(), free.ple());
        for (String scheduler : new String[] {"cfs-6.1", "eevdf-6.12"}) {
            long oracle = workUnder(scheduler + "+waitfor-oracle", work, pinned);
            assertThat(oracle).as(scheduler).isGreaterThan(workUnder(scheduler, work, pinned));
            assertThat(oracle).as(scheduler).isGreaterThan(workUnder(scheduler + "+no-ple", work, pinned));
        }
    }

    private static long workUnder(String setting, Workload work, HostModel host) {
        return HostSimulator.run(work, host, Setting.parse(setting), 1, new CheckedSink())
                .totalWorkNs();
    }
}
