package plescope.replay.timeline;

import java.util.List;
import plescope.replay.model.Roster;

/** Which vCPU belongs to which VM, as far as is known at some point of the log. Immutable. */
public final class VmGrouping {
    /** Before the first vCPU. */
    public static final VmGrouping NONE = new VmGrouping(new int[0], new int[0], List.of(), "");

    private final int[] vmOfVcpu;
    private final int[] numberOfVcpu;
    private final List<Roster.Vm> vms;
    private final String guess;

    /** @param guess why VMs whose grouping is INFERRED are taken to be those */
    VmGrouping(int[] vmOfVcpu, int[] numberOfVcpu, List<Roster.Vm> vms, String guess) {
        this.vmOfVcpu = vmOfVcpu.clone();
        this.numberOfVcpu = numberOfVcpu.clone();
        this.vms = List.copyOf(vms);
        this.guess = guess;
    }

    /** Number of vCPUs seen so far. */
    public int vcpus() {
        return vmOfVcpu.length;
    }

    /** VM id of a vCPU, -1 for one that came later than this grouping. */
    public int vm(int vcpu) {
        return vcpu >= 0 && vcpu < vmOfVcpu.length ? vmOfVcpu[vcpu] : -1;
    }

    /** The vCPU's number inside its VM, -1 where unknown; it is its APIC id unless the guest's topology leaves holes. */
    public int number(int vcpu) {
        return vcpu >= 0 && vcpu < numberOfVcpu.length ? numberOfVcpu[vcpu] : -1;
    }

    /** The vCPU of {@code vcpu}'s VM with this number, -1 where none is known. */
    public int sibling(int vcpu, int number) {
        for (int other = 0; other < vmOfVcpu.length; other++) {
            if (numberOfVcpu[other] == number && siblings(vcpu, other)) {
                return other;
            }
        }
        return -1;
    }

    /** Whether both belong to one VM. */
    public boolean siblings(int vcpu, int other) {
        return vcpu != other && vm(vcpu) >= 0 && vm(vcpu) == vm(other);
    }

    /** What VMs without process ids were told apart by. */
    public String guess() {
        return guess;
    }

    public List<Roster.Vm> vms() {
        return vms;
    }
}
