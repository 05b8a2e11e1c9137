package plescope.replay.scheduler;

import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.Cgroup;
import plescope.replay.policy.CgroupLayout;

/**
 * Which group each vCPU thread belongs to, for one {@link CgroupLayout}. A VM's limits lie on its own group, as libvirt sets
 * them; the groups around and inside it have the default ones.
 */
final class CgroupTree {
    private final TaskGroup[] groupOf;
    private final Bandwidth[] limited;

    /** Builds it; {@code vmOf} gives the VM of each dense vCPU index. */
    CgroupTree(CgroupLayout layout, HostModel host, RunQueue[] rqs, int[] vmOf) {
        groupOf = new TaskGroup[vmOf.length];
        int vms = 0;
        for (int vm : vmOf) {
            vms = Math.max(vms, vm + 1);
        }
        TaskGroup[] vmGroups = new TaskGroup[vms];
        TaskGroup[] inner = new TaskGroup[vms];
        TaskGroup machineSlice =
                layout == CgroupLayout.SYSTEMD_SLICES ? new TaskGroup(rqs, null, Cgroup.DEFAULT) : null;
        for (int vm = 0; vm < vms; vm++) {
            vmGroups[vm] = vmGroup(layout, machineSlice, host.cgroup(vm), rqs, vm);
            inner[vm] = machineSlice == null ? vmGroups[vm] : new TaskGroup(rqs, vmGroups[vm], Cgroup.DEFAULT);
        }
        limited = bandwidths(vmGroups);
        for (int vcpu = 0; vcpu < vmOf.length; vcpu++) {
            groupOf[vcpu] = threadGroup(layout, inner[vmOf[vcpu]], rqs);
        }
    }

    private static TaskGroup vmGroup(CgroupLayout layout, TaskGroup above, Cgroup limits, RunQueue[] rqs, int vm) {
        if (layout != CgroupLayout.FLAT) {
            return new TaskGroup(rqs, above, limits);
        }
        if (limits.shares() != Cgroup.DEFAULT.shares() || limits.quotaNs() >= 0) {
            throw new IllegalArgumentException(
                    "vm" + vm + " has cgroup limits, but " + layout.label() + " has no groups");
        }
        return null;
    }

    private static TaskGroup threadGroup(CgroupLayout layout, TaskGroup inner, RunQueue[] rqs) {
        return switch (layout) {
            case FLAT, VM -> inner;
            case VM_VCPU, SYSTEMD_SLICES -> new TaskGroup(rqs, inner, Cgroup.DEFAULT);
        };
    }

    private static Bandwidth[] bandwidths(TaskGroup[] groups) {
        int count = 0;
        for (TaskGroup group : groups) {
            count += group != null && group.bandwidth != null ? 1 : 0;
        }
        Bandwidth[] limited = new Bandwidth[count];
        int next = 0;
        for (TaskGroup group : groups) {
            if (group != null && group.bandwidth != null) {
                limited[next++] = group.bandwidth;
            }
        }
        return limited;
    }

    /** The queue a thread joins on that run queue. */
    CfsRunQueue queueFor(int vcpu, RunQueue rq) {
        TaskGroup group = groupOf[vcpu];
        return group == null ? rq.root : group.queue(rq.pcpu());
    }

    /** When the next period of any group ends, {@code Long.MAX_VALUE} without limits. */
    long nextPeriodNs() {
        long next = Long.MAX_VALUE;
        for (Bandwidth bandwidth : limited) {
            next = Math.min(next, bandwidth.periodEndNs());
        }
        return next;
    }

    void refill(FairScheduler scheduler) {
        for (Bandwidth bandwidth : limited) {
            if (bandwidth.periodEndNs() <= scheduler.now) {
                bandwidth.refill(scheduler);
            }
        }
    }
}
