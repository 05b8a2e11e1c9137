package plescope.replay.engine;

/** How long runnable vCPUs of one VM shared a pCPU: per VM, summed over the pCPUs with two or more of them. */
final class Stacking {
    private static final int NOWHERE = -1;

    private final Machine machine;
    private final int[] pcpuOf;
    private final int[] vmOf;
    /** Runnable vCPUs per VM and pCPU. */
    private final int[][] runnable;

    /** Per VM, pCPUs with two or more, since when, and the sum so far. */
    private final int[] stacks;

    private final long[] sinceNs;
    private final long[] totalNs;

    Stacking(Machine machine, int vms) {
        this.machine = machine;
        pcpuOf = new int[machine.vcpus.length];
        vmOf = new int[machine.vcpus.length];
        for (VirtualCpu vcpu : machine.vcpus) {
            pcpuOf[vcpu.index] = NOWHERE;
            vmOf[vcpu.index] = vcpu.vcpu.vm();
        }
        runnable = new int[vms][machine.pcpus.length];
        stacks = new int[vms];
        sinceNs = new long[vms];
        totalNs = new long[vms];
    }

    /** The vCPU is runnable on the pCPU of its thread. */
    void joined(VirtualCpu vcpu) {
        int pcpu = vcpu.thread.pcpu();
        int vm = vmOf[vcpu.index];
        pcpuOf[vcpu.index] = pcpu;
        if (++runnable[vm][pcpu] == 2) {
            change(vm, 1);
        }
    }

    /** The vCPU sleeps, or is on another pCPU now; where it was. */
    int left(VirtualCpu vcpu) {
        int pcpu = pcpuOf[vcpu.index];
        int vm = vmOf[vcpu.index];
        pcpuOf[vcpu.index] = NOWHERE;
        if (--runnable[vm][pcpu] == 1) {
            change(vm, -1);
        }
        return pcpu;
    }

    private void change(int vm, int by) {
        totalNs[vm] = totalNs(vm);
        sinceNs[vm] = machine.now;
        stacks[vm] += by;
    }

    long totalNs(int vm) {
        return totalNs[vm] + stacks[vm] * (machine.now - sinceNs[vm]);
    }
}
