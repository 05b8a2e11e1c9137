package plescope.replay.model;

import java.util.Comparator;
import java.util.List;

/**
 * Who is who in a schedule. Ids are dense ints inside and spelled {@code vm1/vcpu3} outside.
 *
 * @param vms index = vm id; sorted by their lowest vCPU thread id, so that names are stable
 * @param vcpus index = dense vCPU index used by every schedule record, in order of first appearance
 * @param threads every other named host thread seen, by tid
 * @param pcpus number of host CPUs seen (highest number + 1)
 */
public record Roster(List<Vm> vms, List<Vcpu> vcpus, List<HostThread> threads, int pcpus) {
    public Roster {
        vms = List.copyOf(vms);
        vcpus = List.copyOf(vcpus);
        threads = List.copyOf(threads);
    }

    /** How vCPU threads were grouped into a VM, best first. */
    public enum Grouping {
        /** {@code --threads} map. */
        THREAD_MAP,
        /** Process ids, printed in the log or listed by the user. */
        TGID,
        /** Neighbouring tids, repeated vCPU numbers, IPI traffic: a guess. */
        INFERRED
    }

    /**
     * One virtual machine.
     *
     * @param tgid process id of the VMM, -1 where unknown
     */
    public record Vm(int id, String name, int tgid, Grouping grouping) {}

    /**
     * One vCPU and the host thread that carries it.
     *
     * @param index dense index
     * @param number the vCPU's number inside its VM
     * @param comm last thread name seen
     */
    public record Vcpu(int index, int vm, int number, int tid, String comm) {}

    public record HostThread(int tid, int tgid, String comm) {}

    /** {@code vm1/vcpu3}, with the VM's own name in place of {@code vm1} where the thread map gives one. */
    public String label(int vcpu) {
        Vcpu v = vcpus.get(vcpu);
        return vms.get(v.vm()).name() + "/vcpu" + v.number();
    }

    /** Dense indices of a VM's vCPUs, ascending by vCPU number. */
    public List<Integer> vcpusOf(int vm) {
        return vcpus.stream()
                .filter(v -> v.vm() == vm)
                .sorted(Comparator.comparingInt(Vcpu::number).thenComparingInt(Vcpu::index))
                .map(Vcpu::index)
                .toList();
    }
}
