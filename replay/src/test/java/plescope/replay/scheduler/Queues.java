package plescope.replay.scheduler;

import java.util.List;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.Cgroup;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.Kvm;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Topology;
import plescope.replay.policy.CgroupLayout;
import plescope.replay.policy.Policy;
import plescope.replay.policy.SchedulerVersion;

/** Run queues set up by hand. */
final class Queues {
    static final long MS = 1_000_000;

    /** A policy that does nothing. */
    static final Policy NONE = new Policy() {};

    private static final int[] TWO_VMS = {0, 0, 0, 0, 1, 1, 1, 1};

    private Queues() {}

    /** Eight pCPUs, so that CFS has 24 ms latency, 3 ms minimum and 4 ms wake-up granularity; two VMs of four vCPUs. */
    static FairScheduler scheduler(SchedulerVersion version, CgroupLayout layout, Policy policy) {
        return HostScheduler.create(version, layout, 8, 250, TWO_VMS, policy);
    }

    /** The same with a feature switched. */
    static FairScheduler scheduler(SchedulerVersion version, KernelFeature feature, boolean on) {
        SchedulerTunables tunables = SchedulerTunables.of(version, 8, 250).with(feature, on);
        return HostScheduler.create(tunables, CgroupLayout.FLAT, host(Topology.flat(8)), TWO_VMS, NONE);
    }

    static CfsScheduler cfs(Policy policy) {
        return (CfsScheduler) scheduler(SchedulerVersion.CFS_5_6, CgroupLayout.FLAT, policy);
    }

    static EevdfScheduler eevdf(CgroupLayout layout) {
        return eevdf(SchedulerVersion.EEVDF_6_12, layout);
    }

    static EevdfScheduler eevdf(SchedulerVersion version, CgroupLayout layout) {
        return (EevdfScheduler) scheduler(version, layout, NONE);
    }

    /** A machine of that shape with limits per VM. */
    static HostModel host(Topology topology, Cgroup... cgroups) {
        return new HostModel(
                topology,
                List.of(),
                List.of(),
                250,
                HostCosts.DEFAULT,
                PleHardware.VMX_DEFAULT,
                Kvm.DEFAULT,
                List.of(cgroups));
    }

    /** A scheduler without groups for so many vCPUs of one VM. */
    static FairScheduler on(Topology topology, SchedulerVersion version, int vcpus) {
        return HostScheduler.create(version, CgroupLayout.FLAT, host(topology), new int[vcpus], NONE);
    }

    /** CFS of 5.6 with so many threads queued on the first pCPU. */
    static FairScheduler crowd(int pcpus, int threads) {
        FairScheduler cfs = on(Topology.flat(pcpus), SchedulerVersion.CFS_5_6, threads);
        for (int v = 0; v < threads; v++) {
            queued(cfs, 0, v, 0);
        }
        return cfs;
    }

    /** A queued thread at that virtual time, its EEVDF deadline one base slice later. */
    static Entity queued(FairScheduler scheduler, int pcpu, int vcpu, long vruntime) {
        Entity thread = scheduler.newThread(vcpu, CpuSet.first(Topology.MAX_PCPUS));
        scheduler.fork(scheduler.rq(pcpu), thread);
        thread.cfsRq.remove(thread);
        thread.vruntime = vruntime;
        thread.deadline = vruntime + scheduler.tunables.baseSlice();
        thread.cfsRq.insert(thread, scheduler.key(thread));
        return thread;
    }

    /** The same, but running. */
    static Entity running(FairScheduler scheduler, int pcpu, int vcpu, long vruntime) {
        Entity thread = queued(scheduler, pcpu, vcpu, vruntime);
        scheduler.switchTo(scheduler.rq(pcpu), thread);
        return thread;
    }

    /** Puts a thread, and the groups above it, at that virtual time, each with a request of one base slice. */
    static void align(FairScheduler scheduler, Entity thread, long vruntime) {
        for (Entity se = thread; se != null; se = se.parent()) {
            boolean tree = se != se.cfsRq.curr;
            if (tree) {
                se.cfsRq.remove(se);
            }
            se.vruntime = vruntime;
            se.deadline = vruntime + se.toVirtual(scheduler.tunables.baseSlice());
            if (tree) {
                se.cfsRq.insert(se, scheduler.key(se));
            } else {
                scheduler.onPicked(se);
            }
        }
    }
}
