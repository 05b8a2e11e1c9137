package plescope.replay.workload;

import java.util.List;
import plescope.replay.model.Roster;

/** What the guests of a trace had to do, free of host decisions. */
public final class Workload {
    private final Roster roster;
    private final List<VcpuWork> vcpus;
    private final int[] ipiReceivers;
    private final long spanNs;

    /**
     * Puts a workload together.
     *
     * @param vcpus by dense vCPU index of the roster
     * @param ipiReceivers by IPI id, the dense index of the receiving vCPU
     * @param spanNs recorded time the work took; replays stop there at the latest
     */
    public Workload(Roster roster, List<VcpuWork> vcpus, int[] ipiReceivers, long spanNs) {
        if (vcpus.size() != roster.vcpus().size()) {
            throw new IllegalArgumentException("work for " + vcpus.size() + " vCPUs, roster has "
                    + roster.vcpus().size());
        }
        this.roster = roster;
        this.vcpus = List.copyOf(vcpus);
        this.ipiReceivers = ipiReceivers.clone();
        this.spanNs = spanNs;
    }

    public Roster roster() {
        return roster;
    }

    public VcpuWork work(int vcpu) {
        return vcpus.get(vcpu);
    }

    public int vcpuCount() {
        return vcpus.size();
    }

    public int ipiReceiver(int ipi) {
        return ipiReceivers[ipi];
    }

    public int ipiCount() {
        return ipiReceivers.length;
    }

    public long spanNs() {
        return spanNs;
    }
}
