package plescope.replay.scheduler;

import plescope.replay.policy.CgroupLayout;
import plescope.replay.policy.Policy;
import plescope.replay.policy.SchedulerVersion;

/** Puts run queues, cgroups and the scheduler of a kernel together. */
public final class HostScheduler {
    private HostScheduler() {}

    /** Builds it; {@code vmOf} gives the VM of each dense vCPU index. */
    public static FairScheduler create(
            SchedulerVersion version, CgroupLayout layout, int pcpus, int hz, int[] vmOf, Policy policy) {
        SchedulerTunables tunables = SchedulerTunables.of(version, pcpus, hz);
        RunQueue[] rqs = new RunQueue[pcpus];
        for (int p = 0; p < pcpus; p++) {
            rqs[p] = new RunQueue(p, tunables);
        }
        CgroupTree cgroups = new CgroupTree(layout, rqs, vmOf);
        return version.eevdf()
                ? new EevdfScheduler(tunables, rqs, cgroups, policy)
                : new CfsScheduler(tunables, rqs, cgroups, policy);
    }
}
