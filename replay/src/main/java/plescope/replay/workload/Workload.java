package plescope.replay.workload;

import java.util.List;
import plescope.replay.model.Roster;

/** What the guests of a trace had to do, free of host decisions. */
public final class Workload {
    private final Roster roster;
    private final List<VcpuWork> vcpus;
    private final List<WorkloadLock> locks;
    private final int[] ipiReceivers;
    private final long spanNs;

    /** A workload whose vCPUs share no locks. */
    public Workload(Roster roster, List<VcpuWork> vcpus, int[] ipiReceivers, long spanNs) {
        this(roster, vcpus, List.of(), ipiReceivers, spanNs);
    }

    /**
     * Puts a workload together.
     *
     * @param vcpus by dense vCPU index of the roster
     * @param locks by lock id
     * @param ipiReceivers by IPI id, the dense index of the receiving vCPU
     * @param spanNs recorded time the work took; replays stop there at the latest
     */
    public Workload(Roster roster, List<VcpuWork> vcpus, List<WorkloadLock> locks, int[] ipiReceivers, long spanNs) {
        if (vcpus.size() != roster.vcpus().size()) {
            throw new IllegalArgumentException("work for " + vcpus.size() + " vCPUs, roster has "
                    + roster.vcpus().size());
        }
        this.roster = roster;
        this.vcpus = List.copyOf(vcpus);
        this.locks = List.copyOf(locks);
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

    /** By lock id. */
    public List<WorkloadLock> locks() {
        return locks;
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
