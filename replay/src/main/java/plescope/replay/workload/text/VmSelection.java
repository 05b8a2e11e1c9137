package plescope.replay.workload.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.Roster;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;
import plescope.replay.workload.WorkloadLock;

/**
 * Some VMs of a workload, numbered anew. The machine stays; what was measured does not, for with fewer VMs it would have come to
 * something else.
 */
public final class VmSelection {
    private static final int GONE = -1;

    private final WorkloadFile file;
    private final Workload work;
    private final int[] vms;
    private final int[] vcpus;
    private final int[] locks;
    private final int[] ipis;

    private VmSelection(WorkloadFile file, Set<Integer> kept) {
        this.file = file;
        work = file.work();
        Roster roster = work.roster();
        vms = numbered(roster.vms().size(), kept::contains);
        vcpus = numbered(
                roster.vcpus().size(), vcpu -> vms[roster.vcpus().get(vcpu).vm()] != GONE);
        locks = numbered(work.locks().size(), lock -> vms[work.locks().get(lock).vm()] != GONE);
        ipis = numbered(work.ipiCount(), ipi -> vcpus[work.ipiReceiver(ipi)] != GONE);
    }

    /** Whether to keep what has this number. */
    @FunctionalInterface
    private interface Kept {
        boolean test(int number);
    }

    private static int[] numbered(int count, Kept kept) {
        int[] numbers = new int[count];
        int next = 0;
        for (int i = 0; i < count; i++) {
            numbers[i] = kept.test(i) ? next++ : GONE;
        }
        return numbers;
    }

    /** The file with these VMs alone, by dense id. Nothing of one VM refers to another. */
    public static WorkloadFile of(WorkloadFile file, Set<Integer> kept) {
        return new VmSelection(file, kept).select();
    }

    private WorkloadFile select() {
        List<Roster.Vm> keptVms = new ArrayList<>();
        for (Roster.Vm vm : work.roster().vms()) {
            if (vms[vm.id()] != GONE) {
                keptVms.add(new Roster.Vm(vms[vm.id()], vm.name(), vm.tgid(), vm.grouping()));
            }
        }
        List<Roster.Vcpu> keptVcpus = new ArrayList<>();
        List<VcpuWork> steps = new ArrayList<>();
        for (Roster.Vcpu vcpu : work.roster().vcpus()) {
            if (vcpus[vcpu.index()] != GONE) {
                keptVcpus.add(
                        new Roster.Vcpu(vcpus[vcpu.index()], vms[vcpu.vm()], vcpu.number(), vcpu.tid(), vcpu.comm()));
                steps.add(steps(work.work(vcpu.index())));
            }
        }
        List<WorkloadLock> keptLocks = new ArrayList<>();
        for (WorkloadLock lock : work.locks()) {
            if (vms[lock.vm()] != GONE) {
                keptLocks.add(new WorkloadLock(vms[lock.vm()], lock.name(), lock.discipline()));
            }
        }
        Roster roster = new Roster(
                keptVms, keptVcpus, work.roster().threads(), work.roster().pcpus());
        return new WorkloadFile(
                file.provenance(),
                host(),
                new Workload(roster, steps, keptLocks, receivers(), work.spanNs()),
                List.of(),
                List.of());
    }

    private int[] receivers() {
        int[] receivers = new int[work.ipiCount()];
        int count = 0;
        for (int ipi = 0; ipi < receivers.length; ipi++) {
            if (ipis[ipi] != GONE) {
                receivers[count++] = vcpus[work.ipiReceiver(ipi)];
            }
        }
        return Arrays.copyOf(receivers, count);
    }

    private VcpuWork steps(VcpuWork all) {
        VcpuWork.Builder steps = new VcpuWork.Builder();
        for (int i = 0; i < all.size(); i++) {
            StepKind kind = all.kind(i);
            int ref = all.ref(i);
            steps.add(
                    kind,
                    all.ns(i),
                    switch (kind) {
                        case COMPUTE, SPIN_FOR, HOST, HALT_FOR, HALT_UNTIL_TIME -> ref;
                        case SPIN_UNTIL_WORK -> vcpus[ref];
                        case ACQUIRE, RELEASE -> locks[ref];
                        case SPIN_UNTIL_ACKED, SEND_IPI, HALT_UNTIL_IPI -> ipis[ref];
                    });
        }
        return steps.build().inUser(all.userPermille());
    }

    private HostModel host() {
        HostModel host = file.host();
        List<CpuSet> allowed = new ArrayList<>();
        List<Integer> home = new ArrayList<>();
        for (int v = 0; v < vcpus.length; v++) {
            if (vcpus[v] != GONE && v < host.allowed().size()) {
                allowed.add(host.allowed().get(v));
            }
            if (vcpus[v] != GONE && v < host.home().size()) {
                home.add(host.home().get(v));
            }
        }
        List<HostModel.Cgroup> groups = new ArrayList<>();
        for (int vm = 0; vm < Math.min(vms.length, host.cgroups().size()); vm++) {
            if (vms[vm] != GONE) {
                groups.add(host.cgroups().get(vm));
            }
        }
        return host.on(host.topology(), allowed).startingOn(home).withCgroups(groups);
    }
}
