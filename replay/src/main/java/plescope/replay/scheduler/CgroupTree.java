package plescope.replay.scheduler;

import plescope.replay.policy.CgroupLayout;

/** Which group each vCPU thread belongs to, for one {@link CgroupLayout}. */
final class CgroupTree {
    private final TaskGroup[] groupOf;
    private final int depth;

    /** Builds it; {@code vmOf} gives the VM of each dense vCPU index. */
    CgroupTree(CgroupLayout layout, RunQueue[] rqs, int[] vmOf) {
        groupOf = new TaskGroup[vmOf.length];
        depth = switch (layout) {
            case FLAT -> 0;
            case VM -> 1;
            case VM_VCPU -> 2;
        };
        if (depth == 0) {
            return;
        }
        int vms = 0;
        for (int vm : vmOf) {
            vms = Math.max(vms, vm + 1);
        }
        TaskGroup[] vmGroups = new TaskGroup[vms];
        for (int vm = 0; vm < vms; vm++) {
            vmGroups[vm] = new TaskGroup(rqs, null, 0);
        }
        for (int vcpu = 0; vcpu < vmOf.length; vcpu++) {
            TaskGroup vmGroup = vmGroups[vmOf[vcpu]];
            groupOf[vcpu] = depth == 1 ? vmGroup : new TaskGroup(rqs, vmGroup, 1);
        }
    }

    /** Group levels above a thread. */
    int depth() {
        return depth;
    }

    /** The queue a thread joins on that run queue. */
    CfsRunQueue queueFor(int vcpu, RunQueue rq) {
        TaskGroup group = groupOf[vcpu];
        return group == null ? rq.root : group.queue(rq.pcpu());
    }
}
