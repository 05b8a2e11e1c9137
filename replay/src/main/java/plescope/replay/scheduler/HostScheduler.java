package plescope.replay.scheduler;

import java.util.List;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.policy.CgroupLayout;
import plescope.replay.policy.Policy;
import plescope.replay.policy.SchedulerVersion;

/** Puts run queues, cgroups and the scheduler of a kernel together. */
public final class HostScheduler {
    private HostScheduler() {}

    /** That kernel's scheduler on that machine; {@code vmOf} gives the VM of each dense vCPU index. */
    public static FairScheduler create(
            SchedulerVersion version, CgroupLayout layout, HostModel host, int[] vmOf, Policy policy) {
        return create(SchedulerTunables.of(version, host), layout, host, vmOf, policy);
    }

    /** The same with tunables of the host's own, such as a feature switched in debugfs. */
    public static FairScheduler create(
            SchedulerTunables tunables, CgroupLayout layout, HostModel host, int[] vmOf, Policy policy) {
        RunQueue[] rqs = new RunQueue[host.pcpus()];
        for (int p = 0; p < rqs.length; p++) {
            rqs[p] = new RunQueue(p, tunables);
        }
        CgroupTree cgroups = new CgroupTree(layout, host, rqs, vmOf);
        return tunables.eevdf()
                ? new EevdfScheduler(tunables, host.topology(), rqs, cgroups, policy)
                : new CfsScheduler(tunables, host.topology(), rqs, cgroups, policy);
    }

    /** On a machine of one cache without SMT and with default cgroups. */
    public static FairScheduler create(
            SchedulerVersion version, CgroupLayout layout, int pcpus, int hz, int[] vmOf, Policy policy) {
        HostModel host = new HostModel(pcpus, List.of(), hz, HostCosts.DEFAULT, PleHardware.VMX_DEFAULT);
        return create(version, layout, host, vmOf, policy);
    }
}
