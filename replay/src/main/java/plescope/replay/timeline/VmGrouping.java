package plescope.replay.timeline;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import plescope.replay.model.Roster;

/** Which vCPU belongs to which VM, as far as is known at some point of the log. Immutable. */
public final class VmGrouping {
    private static final int[] NOBODY = {};

    /** Before the first vCPU. */
    public static final VmGrouping NONE = new VmGrouping(new int[0], new int[0], List.of(), "");

    private final int[] vmOfVcpu;
    private final int[] numberOfVcpu;
    /** By VM: its vCPUs in ascending order. */
    private final int[][] members;

    /** By VM: the same by number, and of one number in ascending order. */
    private final int[][] byNumber;

    private final List<Roster.Vm> vms;
    private final String guess;

    /** @param guess why VMs whose grouping is INFERRED are taken to be those */
    VmGrouping(int[] vmOfVcpu, int[] numberOfVcpu, List<Roster.Vm> vms, String guess) {
        this.vmOfVcpu = vmOfVcpu.clone();
        this.numberOfVcpu = numberOfVcpu.clone();
        this.vms = List.copyOf(vms);
        this.guess = guess;
        this.members = new int[vms.size()][];
        this.byNumber = new int[vms.size()][];
        int[] all = IntStream.range(0, vmOfVcpu.length).toArray();
        split(all, members);
        split(sortedByNumber(all), byNumber);
    }

    private int[] sortedByNumber(int[] vcpus) {
        return Arrays.stream(vcpus)
                .mapToLong(vcpu -> ((long) numberOfVcpu[vcpu] << Integer.SIZE) | vcpu)
                .sorted()
                .mapToInt(key -> (int) key)
                .toArray();
    }

    private void split(int[] vcpus, int[][] byVm) {
        int[] sizes = new int[byVm.length];
        for (int vcpu : vcpus) {
            sizes[vmOfVcpu[vcpu]]++;
        }
        Arrays.setAll(byVm, vm -> new int[sizes[vm]]);
        int[] filled = new int[byVm.length];
        for (int vcpu : vcpus) {
            int vm = vmOfVcpu[vcpu];
            byVm[vm][filled[vm]++] = vcpu;
        }
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
        int vm = vm(vcpu);
        if (vm < 0) {
            return -1;
        }
        int[] vcpus = byNumber[vm];
        int low = 0;
        int high = vcpus.length;
        while (low < high) {
            int mid = (low + high) >>> 1;
            if (numberOfVcpu[vcpus[mid]] < number) {
                low = mid + 1;
            } else {
                high = mid;
            }
        }
        // Two of one number: the log contradicts itself, or the vCPU asks for its own.
        int at = low < vcpus.length && vcpus[low] == vcpu ? low + 1 : low;
        return at < vcpus.length && numberOfVcpu[vcpus[at]] == number ? vcpus[at] : -1;
    }

    /**
     * The vCPUs of this one's VM in ascending order, itself among them; none where its VM is not known. Shared: not to be
     * changed.
     */
    public int[] sameVm(int vcpu) {
        int vm = vm(vcpu);
        return vm < 0 ? NOBODY : members[vm];
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
