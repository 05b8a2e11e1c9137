package plescope.replay.engine;

import plescope.replay.model.HostModel.HostCosts;

/**
 * Guest work lost to cold caches. A vCPU back on its pCPU refills as long as others ran there meanwhile, at most
 * {@link HostCosts#cacheRefillNs}; on another pCPU it refills everything; under another last-level cache that takes
 * {@link HostCosts#llcMigrationNs} longer [I]. Computing pays for it, spinning and handlers do not.
 */
final class CacheLoss {
    private final Machine machine;
    private final HostCosts costs;

    CacheLoss(Machine machine) {
        this.machine = machine;
        this.costs = machine.costs;
    }

    void switchedOut(Pcpu pcpu, VirtualCpu prev) {
        pcpu.busyNs += machine.now - pcpu.runSinceNs;
        prev.leftPcpu = pcpu.id;
        prev.leftBusyNs = pcpu.busyNs;
    }

    void switchedIn(Pcpu pcpu, VirtualCpu next) {
        pcpu.runSinceNs = machine.now;
        if (next.leftPcpu < 0) {
            return;
        }
        long most = costs.cacheRefillNs();
        long lost = next.leftPcpu == pcpu.id ? Math.min(most, pcpu.busyNs - next.leftBusyNs) : most;
        if (!machine.host.topology().shareCache(next.leftPcpu, pcpu.id)) {
            most += costs.llcMigrationNs();
            lost = most;
        }
        next.refillNs = Math.min(Math.max(most, next.refillNs), next.refillNs + lost);
    }
}
