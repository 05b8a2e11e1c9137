package plescope.replay.scheduler;

import plescope.replay.model.CpuSet;
import plescope.replay.policy.CgroupLayout;
import plescope.replay.policy.Policy;
import plescope.replay.policy.SchedulerVersion;

/** Run queues set up by hand. */
final class Queues {
    static final long MS = 1_000_000;

    private Queues() {}

    /** Eight pCPUs, so that CFS has 24 ms latency, 3 ms minimum and 4 ms wake-up granularity; two VMs of four vCPUs. */
    static FairScheduler scheduler(SchedulerVersion version, CgroupLayout layout, Policy policy) {
        return HostScheduler.create(version, layout, 8, 250, new int[] {0, 0, 0, 0, 1, 1, 1, 1}, policy);
    }

    static CfsScheduler cfs(Policy policy) {
        return (CfsScheduler) scheduler(SchedulerVersion.CFS_5_6, CgroupLayout.FLAT, policy);
    }

    static EevdfScheduler eevdf(CgroupLayout layout) {
        return (EevdfScheduler) scheduler(SchedulerVersion.EEVDF_6_12, layout, new Policy() {});
    }

    /** A queued thread at that virtual time, its EEVDF deadline one base slice later. */
    static Entity queued(FairScheduler scheduler, int pcpu, int vcpu, long vruntime) {
        Entity thread = scheduler.newThread(vcpu, CpuSet.first(64));
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
}
