package plescope.replay.policy;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Topology;

/** A host of vCPUs that stand where they were put; it notes what policies do to it. */
final class FakeHost implements HostView {
    final List<FakeVcpu> vcpus = new ArrayList<>();
    final List<Integer> rescheduled = new ArrayList<>();
    long now;
    private final Topology topology;

    private FakeHost(Topology topology) {
        this.topology = topology;
    }

    /** VMs of {@code perVm} vCPUs each, all on pCPU 0 and without flags. */
    static FakeHost of(Topology topology, int vms, int perVm) {
        FakeHost host = new FakeHost(topology);
        for (int index = 0; index < vms * perVm; index++) {
            host.vcpus.add(new FakeVcpu(index, index / perVm, index % perVm));
        }
        return host;
    }

    static FakeHost of(int pcpus, int vms, int perVm) {
        return of(Topology.flat(pcpus), vms, perVm);
    }

    /** The policy of a setting, started on this host with default costs. */
    Policy start(String setting) {
        return start(setting, model());
    }

    Policy start(String setting, HostModel model) {
        Policy policy = Setting.parse(setting).createPolicy();
        policy.host(model, vcpus.size());
        policy.start(this);
        return policy;
    }

    HostModel model() {
        return new HostModel(topology.pcpus(), List.<CpuSet>of(), 250, HostCosts.DEFAULT, PleHardware.VMX_DEFAULT)
                .on(topology, List.of());
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public Topology topology() {
        return topology;
    }

    @Override
    public int vcpus() {
        return vcpus.size();
    }

    @Override
    public FakeVcpu vcpu(int index) {
        return vcpus.get(index);
    }

    /** Counts who stands there. */
    @Override
    public RunQueueView queue(int pcpu) {
        FakeQueue queue = FakeQueue.cfs(4_000_000);
        queue.now = now;
        queue.running = -1;
        queue.nrRunning = 0;
        for (FakeVcpu vcpu : vcpus) {
            if (vcpu.pcpu == pcpu && vcpu.runnable()) {
                queue.nrRunning++;
                queue.running = vcpu.running() ? vcpu.index() : queue.running;
            }
        }
        return queue;
    }

    @Override
    public boolean migrate(int vcpu, int pcpu) {
        FakeVcpu moved = vcpus.get(vcpu);
        if (moved.running() || !moved.runnable()) {
            return false;
        }
        moved.pcpu = pcpu;
        return true;
    }

    @Override
    public void resched(int pcpu) {
        rescheduled.add(pcpu);
    }
}
