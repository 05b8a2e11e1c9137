package plescope.replay.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Roster;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;

/** Small made-up workloads and hosts that policies are checked on. */
public class Workloads {
    /** A name space only. */
    protected Workloads() {}

    /** A host with default costs and VMX windows. */
    public static HostModel host(int pcpus) {
        return new HostModel(pcpus, List.of(), 250, HostCosts.DEFAULT, PleHardware.VMX_DEFAULT);
    }

    /** {@code vms} VMs of {@code vcpus} vCPUs; VM 0 first, vCPU k has thread id 1000 + k. */
    public static Roster roster(int vms, int vcpus) {
        List<Roster.Vm> machines = new ArrayList<>();
        List<Roster.Vcpu> members = new ArrayList<>();
        for (int vm = 0; vm < vms; vm++) {
            machines.add(new Roster.Vm(vm, "vm" + vm, 100 + vm, Roster.Grouping.TGID));
            for (int number = 0; number < vcpus; number++) {
                int index = vm * vcpus + number;
                members.add(new Roster.Vcpu(index, vm, number, 1000 + index, "CPU " + number + "/KVM"));
            }
        }
        return new Roster(machines, members, List.of(), 1);
    }

    /** Every vCPU computes alone. */
    public static Workload computing(int vms, int vcpus, long workNs, long spanNs) {
        List<VcpuWork> work = new ArrayList<>();
        for (int v = 0; v < vms * vcpus; v++) {
            work.add(new VcpuWork.Builder().compute(workNs).build());
        }
        return new Workload(roster(vms, vcpus), work, new int[0], spanNs);
    }

    /**
     * A ticket lock: in every round the vCPUs of a VM pass through a critical section one after the other, each spinning until
     * its predecessor is through, after some work outside the lock.
     */
    public static Workload convoy(int vms, int vcpus, int rounds, long criticalNs, long thinkNs, long spanNs) {
        List<VcpuWork> work = new ArrayList<>();
        long round = criticalNs + thinkNs;
        for (int vm = 0; vm < vms; vm++) {
            for (int number = 0; number < vcpus; number++) {
                VcpuWork.Builder steps = new VcpuWork.Builder();
                for (int r = 0; r < rounds; r++) {
                    boolean first = number == 0;
                    int predecessor = vm * vcpus + (first ? vcpus - 1 : number - 1);
                    // The predecessor leaves its critical section after thinking and the section itself; the first vCPU
                    // follows
                    // the last one's previous round.
                    long released = (first ? r - 1 : r) * round + thinkNs + criticalNs;
                    steps.compute(thinkNs);
                    if (vcpus > 1 && released > 0) {
                        steps.add(StepKind.SPIN_UNTIL_WORK, released, predecessor);
                    }
                    steps.compute(criticalNs);
                }
                work.add(steps.build());
            }
        }
        return new Workload(roster(vms, vcpus), work, new int[0], spanNs);
    }

    /** vCPU 0 of each VM interrupts all siblings over and over and spins until they have acknowledged; they compute. */
    public static Workload broadcast(int vms, int vcpus, int rounds, long thinkNs, long spanNs) {
        List<VcpuWork> work = new ArrayList<>();
        List<Integer> receivers = new ArrayList<>();
        for (int vm = 0; vm < vms; vm++) {
            VcpuWork.Builder sender = new VcpuWork.Builder();
            for (int r = 0; r < rounds; r++) {
                sender.compute(thinkNs);
                int first = receivers.size();
                for (int number = 1; number < vcpus; number++) {
                    sender.add(StepKind.HOST, 1_000, Family.MSR.ordinal());
                    sender.add(StepKind.SEND_IPI, 0, receivers.size());
                    receivers.add(vm * vcpus + number);
                }
                sender.add(StepKind.SPIN_UNTIL_ACKED, receivers.size() - first, first);
            }
            work.add(sender.build());
            for (int number = 1; number < vcpus; number++) {
                work.add(new VcpuWork.Builder().compute(rounds * thinkNs * 4).build());
            }
        }
        return new Workload(roster(vms, vcpus), work, ints(receivers), spanNs);
    }

    /** Pairs of vCPUs that halt and wake each other by turns. */
    public static Workload haltingPairs(int vms, int pairs, int rounds, long workNs, long spanNs) {
        List<VcpuWork> work = new ArrayList<>();
        List<Integer> receivers = new ArrayList<>();
        for (int pair = 0; pair < vms * pairs; pair++) {
            VcpuWork.Builder ping = new VcpuWork.Builder();
            VcpuWork.Builder pong = new VcpuWork.Builder();
            for (int r = 0; r < rounds; r++) {
                int there = receivers.size();
                receivers.add(2 * pair + 1);
                receivers.add(2 * pair);
                ping.compute(workNs).add(StepKind.SEND_IPI, 0, there).add(StepKind.HALT_UNTIL_IPI, 0, there + 1);
                pong.add(StepKind.HALT_UNTIL_IPI, 0, there).compute(workNs).add(StepKind.SEND_IPI, 0, there + 1);
            }
            work.add(ping.build());
            work.add(pong.build());
        }
        return new Workload(roster(vms, 2 * pairs), work, ints(receivers), spanNs);
    }

    /** Random steps of every kind from a seed; edges point to work and IPIs at random, so rings may occur. */
    public static Workload arbitrary(long seed, int vms, int vcpus, int steps, long spanNs) {
        SplittableRandom random = new SplittableRandom(seed);
        List<VcpuWork> work = new ArrayList<>();
        List<Integer> receivers = new ArrayList<>();
        for (int v = 0; v < vms * vcpus; v++) {
            int vm = v / vcpus;
            VcpuWork.Builder builder = new VcpuWork.Builder();
            for (int s = 0; s < steps; s++) {
                int sibling = vm * vcpus + random.nextInt(vcpus);
                switch (random.nextInt(7)) {
                    case 0, 1 -> builder.compute(1 + random.nextLong(2_000_000));
                    case 2 -> builder.add(StepKind.SPIN_UNTIL_WORK, random.nextLong(steps * 300_000L), sibling);
                    case 3 -> builder.add(StepKind.SPIN_FOR, random.nextLong(50_000), -1);
                    case 4 -> builder.add(StepKind.HOST, random.nextLong(20_000), Family.IO.ordinal());
                    case 5 -> builder.add(StepKind.HALT_UNTIL_TIME, random.nextLong(spanNs), -1);
                    default -> {
                        int first = receivers.size();
                        int count = 1 + random.nextInt(3);
                        for (int i = 0; i < count; i++) {
                            builder.add(StepKind.SEND_IPI, 0, receivers.size());
                            receivers.add(vm * vcpus + random.nextInt(vcpus));
                        }
                        builder.add(StepKind.SPIN_UNTIL_ACKED, count, first);
                    }
                }
            }
            work.add(builder.build());
        }
        return new Workload(roster(vms, vcpus), work, ints(receivers), spanNs);
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
