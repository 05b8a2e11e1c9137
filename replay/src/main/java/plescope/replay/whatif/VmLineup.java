package plescope.replay.whatif;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.Cgroup;
import plescope.replay.model.Roster;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;
import plescope.replay.workload.WorkloadLock;

/**
 * An experiment with other VMs, each a VM of the one before: a VM named once is kept, named again is copied, not named is gone.
 * vCPUs, locks and IPIs are renumbered; those kept stay in their order and keep their names and threads, copies come behind and get
 * new ones. A copy may use the pCPUs its original may use and starts where fork places it.
 */
final class VmLineup {
    private static final int GONE = -1;

    private final Experiment before;
    private final List<Integer> sources;
    private final List<Roster.Vm> vms = new ArrayList<>();
    private final List<Roster.Vcpu> vcpus = new ArrayList<>();
    private final List<VcpuWork> work = new ArrayList<>();
    private final List<WorkloadLock> locks = new ArrayList<>();
    private final List<Integer> receivers = new ArrayList<>();
    private final List<CpuSet> allowed = new ArrayList<>();
    private final List<Integer> home = new ArrayList<>();
    private final List<Cgroup> cgroups = new ArrayList<>();
    private int nextTid;

    /** By old VM id, the new one of the VM that is kept. */
    private final int[] keptAs;

    private final List<Numbers> numbers = new ArrayList<>();

    /** New numbers of one VM's things, by old number. */
    private static final class Numbers {
        final int[] vcpus;
        final int[] locks;
        final int[] ipis;

        Numbers(Workload old) {
            vcpus = unknown(old.vcpuCount());
            locks = unknown(old.locks().size());
            ipis = unknown(old.ipiCount());
        }
    }

    /** Takes one thing of a VM, by its old number, into the VM of that new id. */
    @FunctionalInterface
    private interface Numbering {
        void add(int old, int vm);
    }

    /** Takes ids of VMs; those kept ascend. */
    VmLineup(Experiment before, List<Integer> sources) {
        this.before = before;
        this.sources = List.copyOf(sources);
        this.keptAs = unknown(before.work().roster().vms().size());
        this.nextTid = 1 + highestTid(before.work().roster());
    }

    private static int[] unknown(int count) {
        int[] numbers = new int[count];
        Arrays.fill(numbers, GONE);
        return numbers;
    }

    private static int highestTid(Roster roster) {
        int highest = 0;
        for (Roster.Vcpu vcpu : roster.vcpus()) {
            highest = Math.max(highest, vcpu.tid());
        }
        for (Roster.HostThread thread : roster.threads()) {
            highest = Math.max(highest, thread.tid());
        }
        return highest;
    }

    Experiment build() {
        Workload old = before.work();
        for (int source : sources) {
            addVm(old.roster().vms().get(source));
        }
        inNewOrder(old.vcpuCount(), v -> old.roster().vcpus().get(v).vm(), this::addVcpu);
        inNewOrder(
                old.ipiCount(),
                ipi -> old.roster().vcpus().get(old.ipiReceiver(ipi)).vm(),
                this::addIpi);
        inNewOrder(old.locks().size(), lock -> old.locks().get(lock).vm(), this::addLock);
        inNewOrder(
                old.vcpuCount(),
                v -> old.roster().vcpus().get(v).vm(),
                (v, vm) -> work.add(renumbered(old.work(v), numbers.get(vm))));
        Roster roster =
                new Roster(vms, vcpus, old.roster().threads(), old.roster().pcpus());
        int[] ipis = receivers.stream().mapToInt(Integer::intValue).toArray();
        return on(before, new Workload(roster, work, locks, ipis, old.spanNs()), allowed, home, cgroups);
    }

    /** Goes through the things of VMs as they are numbered anew: of VMs kept in their old order, then copy by copy. */
    private void inNewOrder(int count, IntUnaryOperator vmOf, Numbering numbering) {
        for (int thing = 0; thing < count; thing++) {
            int vm = keptAs[vmOf.applyAsInt(thing)];
            if (vm != GONE) {
                numbering.add(thing, vm);
            }
        }
        for (int vm = 0; vm < sources.size(); vm++) {
            for (int thing = 0; thing < count && copy(vm); thing++) {
                if (vmOf.applyAsInt(thing) == sources.get(vm)) {
                    numbering.add(thing, vm);
                }
            }
        }
    }

    private boolean copy(int vm) {
        return keptAs[sources.get(vm)] != vm;
    }

    private void addVm(Roster.Vm source) {
        boolean first = keptAs[source.id()] == GONE;
        if (first) {
            keptAs[source.id()] = vms.size();
        }
        String name = first ? source.name() : freeName(before.work().roster(), vms);
        vms.add(new Roster.Vm(vms.size(), name, first ? source.tgid() : -1, source.grouping()));
        cgroups.add(before.host().cgroup(source.id()));
        numbers.add(new Numbers(before.work()));
    }

    private void addVcpu(int old, int vm) {
        Roster.Vcpu vcpu = before.work().roster().vcpus().get(old);
        int index = vcpus.size();
        numbers.get(vm).vcpus[old] = index;
        vcpus.add(new Roster.Vcpu(index, vm, vcpu.number(), copy(vm) ? nextTid++ : vcpu.tid(), vcpu.comm()));
        allowed.add(before.host().allowedPcpus(old));
        boolean known = !copy(vm) && old < before.host().home().size();
        home.add(known ? before.host().home().get(old) : -1);
    }

    /** IPIs belong to the VM of their receivers; ids of one broadcast stay next to each other. */
    private void addIpi(int old, int vm) {
        numbers.get(vm).ipis[old] = receivers.size();
        receivers.add(numbers.get(vm).vcpus[before.work().ipiReceiver(old)]);
    }

    private void addLock(int old, int vm) {
        WorkloadLock lock = before.work().locks().get(old);
        numbers.get(vm).locks[old] = locks.size();
        locks.add(new WorkloadLock(vm, lock.name(), lock.discipline()));
    }

    /** A VM name that nobody has. */
    private static String freeName(Roster roster, List<Roster.Vm> alsoTaken) {
        Set<String> taken = new HashSet<>();
        roster.vms().forEach(vm -> taken.add(vm.name()));
        alsoTaken.forEach(vm -> taken.add(vm.name()));
        int number = roster.vms().size();
        while (taken.contains("vm" + number)) {
            number++;
        }
        return "vm" + number;
    }

    /** The same steps with other numbers; one that names somebody of a VM that is gone is left out. */
    private static VcpuWork renumbered(VcpuWork old, Numbers numbers) {
        VcpuWork.Builder steps = new VcpuWork.Builder();
        for (int step = 0; step < old.size(); step++) {
            StepKind kind = old.kind(step);
            int ref =
                    switch (kind) {
                        case SPIN_UNTIL_WORK -> numbers.vcpus[old.ref(step)];
                        case ACQUIRE, RELEASE -> numbers.locks[old.ref(step)];
                        case SPIN_UNTIL_ACKED, SEND_IPI, HALT_UNTIL_IPI -> numbers.ipis[old.ref(step)];
                        case COMPUTE, SPIN_FOR, HOST, HALT_FOR, HALT_UNTIL_TIME -> old.ref(step);
                    };
            boolean names =
                    switch (kind) {
                        case SPIN_UNTIL_WORK, ACQUIRE, RELEASE, SPIN_UNTIL_ACKED, SEND_IPI, HALT_UNTIL_IPI -> true;
                        case COMPUTE, SPIN_FOR, HOST, HALT_FOR, HALT_UNTIL_TIME -> false;
                    };
            if (!names || ref != GONE) {
                steps.add(kind, old.ns(step), ref);
            }
        }
        return steps.build().inUser(old.userPermille());
    }

    private static Experiment on(
            Experiment before, Workload work, List<CpuSet> allowed, List<Integer> home, List<Cgroup> cgroups) {
        HostModel host = before.host();
        return before.with(work)
                .with(host.on(host.topology(), allowed).startingOn(home).withCgroups(cgroups));
    }

    /** One more VM whose vCPUs compute without end: twice the span is more than any can do. */
    static Experiment withBurner(Experiment before, int vcpuCount) {
        Workload old = before.work();
        Roster roster = old.roster();
        int vm = roster.vms().size();
        List<Roster.Vm> vms = new ArrayList<>(roster.vms());
        vms.add(new Roster.Vm(vm, freeName(roster, List.of()), -1, Roster.Grouping.THREAD_MAP));
        List<Roster.Vcpu> vcpus = new ArrayList<>(roster.vcpus());
        List<VcpuWork> work = new ArrayList<>();
        List<CpuSet> allowed = new ArrayList<>();
        List<Integer> home = new ArrayList<>();
        for (int v = 0; v < old.vcpuCount(); v++) {
            work.add(old.work(v));
            allowed.add(before.host().allowedPcpus(v));
            home.add(v < before.host().home().size() ? before.host().home().get(v) : -1);
        }
        int tid = 1 + highestTid(roster);
        for (int number = 0; number < vcpuCount; number++) {
            vcpus.add(new Roster.Vcpu(vcpus.size(), vm, number, tid + number, "CPU " + number + "/KVM"));
            work.add(new VcpuWork.Builder().compute(2 * old.spanNs()).build());
            allowed.add(CpuSet.first(before.host().pcpus()));
            home.add(-1);
        }
        List<Cgroup> cgroups = new ArrayList<>();
        vms.forEach(any -> cgroups.add(before.host().cgroup(any.id())));
        Roster larger = new Roster(vms, vcpus, roster.threads(), roster.pcpus());
        int[] ipis = new int[old.ipiCount()];
        Arrays.setAll(ipis, old::ipiReceiver);
        return on(before, new Workload(larger, work, old.locks(), ipis, old.spanNs()), allowed, home, cgroups);
    }
}
