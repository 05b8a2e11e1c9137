package plescope.replay.engine;

import plescope.replay.model.Topology;
import plescope.replay.policy.HostView;
import plescope.replay.policy.RunQueueView;
import plescope.replay.policy.VcpuView;
import plescope.replay.scheduler.RunQueue;

/** The running host as policies see and change it. */
final class HostState implements HostView {
    private final Simulation sim;
    private final Machine machine;

    HostState(Simulation sim) {
        this.sim = sim;
        this.machine = sim.machine;
    }

    @Override
    public long now() {
        return machine.now;
    }

    @Override
    public Topology topology() {
        return machine.host.topology();
    }

    @Override
    public int vcpus() {
        return machine.vcpus.length;
    }

    @Override
    public VcpuView vcpu(int index) {
        return machine.vcpus[index].vcpu;
    }

    @Override
    public RunQueueView queue(int pcpu) {
        return machine.scheduler.rq(pcpu);
    }

    @Override
    public boolean migrate(int vcpu, int pcpu) {
        VirtualCpu moved = machine.vcpus[vcpu];
        boolean queued = moved.thread.runnable() && !machine.running(moved);
        if (!queued || !moved.thread.allows(pcpu) || moved.thread.pcpu() == pcpu) {
            return false;
        }
        RunQueue to = machine.scheduler.rq(pcpu);
        machine.scheduler.migrate(moved.thread, to);
        sim.dispatcher.moved(moved);
        machine.scheduler.wakeupPreempt(to, moved.thread);
        sim.dispatcher.kickIfAsked(machine.pcpus[pcpu]);
        return true;
    }

    @Override
    public void resched(int pcpu) {
        machine.scheduler.rq(pcpu).resched();
        sim.dispatcher.kick(machine.pcpus[pcpu]);
    }
}
