package plescope.replay.workload.text;

import java.util.List;
import java.util.stream.IntStream;
import plescope.replay.model.Roster;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;
import plescope.replay.workload.WorkloadLock;

/**
 * A workload without names of VMs, threads, locks and files: those become numbers. Times, thread ids, the kernel's release and all that
 * makes the work stay.
 */
public final class Anonymous {
    private static final String NAMELESS = "anonymous";

    /** A sentence on the spinning names VMs. */
    private static final String UNSAID = "";

    private Anonymous() {}

    /** The file without names. */
    public static WorkloadFile of(WorkloadFile file) {
        Workload work = file.work();
        Roster roster = work.roster();
        Roster nameless = new Roster(
                roster.vms().stream()
                        .map(vm -> new Roster.Vm(vm.id(), Names.VM + vm.id(), vm.tgid(), vm.grouping()))
                        .toList(),
                roster.vcpus().stream()
                        .map(v -> new Roster.Vcpu(v.index(), v.vm(), v.number(), v.tid(), "CPU " + v.number() + "/KVM"))
                        .toList(),
                roster.threads().stream()
                        .map(thread -> new Roster.HostThread(thread.tid(), thread.tgid(), "thread"))
                        .toList(),
                roster.pcpus());
        List<WorkloadLock> locks = IntStream.range(0, work.locks().size())
                .mapToObj(lock -> {
                    WorkloadLock named = work.locks().get(lock);
                    return new WorkloadLock(named.vm(), "lock" + lock, named.discipline());
                })
                .toList();
        List<VcpuWork> steps =
                roster.vcpus().stream().map(vcpu -> work.work(vcpu.index())).toList();
        int[] receivers = new int[work.ipiCount()];
        for (int ipi = 0; ipi < receivers.length; ipi++) {
            receivers[ipi] = work.ipiReceiver(ipi);
        }
        Provenance from = file.provenance();
        return new WorkloadFile(
                new Provenance(
                        NAMELESS,
                        from.producer(),
                        from.kernel(),
                        from.member(),
                        from.setting(),
                        from.settingOrigin(),
                        from.settingAssumed(),
                        from.reason(),
                        from.spin(),
                        UNSAID),
                file.host(),
                new Workload(nameless, steps, locks, receivers, work.spanNs()),
                file.measured(),
                file.bursts());
    }
}
