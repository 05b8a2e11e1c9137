package plescope.replay.engine.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Topology;
import plescope.replay.workload.Workload;

/** A small host and what its guests do, drawn from a seed. */
record SmallHost(Workload work, HostModel host, long seed) {
    static final long SPAN_NS = 60_000_000;

    /** vCPUs pinned to any pCPU, so that some share one. */
    static SmallHost draw(long seed) {
        return draw(seed, false);
    }

    /** As many pCPUs as vCPUs, and each vCPU pinned to its own. */
    static SmallHost matched(long seed) {
        return draw(seed, true);
    }

    private static SmallHost draw(long seed, boolean matched) {
        SplittableRandom random = new SplittableRandom(seed);
        int some = 1 + random.nextInt(4);
        int vms = 1 + random.nextInt(2);
        int vcpus = 2 + random.nextInt(4);
        Workload work = RandomSteps.draw(random, vms, vcpus);
        int pcpus = matched ? vms * vcpus : some;
        List<CpuSet> allowed = new ArrayList<>();
        List<Integer> home = new ArrayList<>();
        for (int v = 0; v < vms * vcpus; v++) {
            int pcpu = matched ? v : random.nextInt(pcpus);
            home.add(pcpu);
            allowed.add(CpuSet.of(pcpu));
        }
        HostCosts costs = new HostCosts(
                random.nextLong(2_000),
                random.nextLong(30_000),
                random.nextLong(4_000),
                random.nextLong(4_000),
                random.nextLong(3_000),
                random.nextLong(3_000),
                random.nextLong(4_000),
                0,
                0);
        PleHardware ple = new PleHardware(1_000 + random.nextInt(8_000), 2, 0, 1 << 20, 500 + random.nextInt(500));
        HostModel host =
                new HostModel(Topology.flat(pcpus), allowed, home, 250, costs, ple, HostModel.Kvm.DEFAULT, List.of());
        return new SmallHost(work, host, seed);
    }
}
