package plescope.replay.engine;

import plescope.parser.event.ExitReason.Family;
import plescope.replay.guest.Privilege;
import plescope.replay.guest.VirtualCpus;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.Wait;

/** What the guests' software can have from the simulated host. */
final class Hypervisor implements VirtualCpus {
    private final Simulation sim;
    private final Machine machine;

    Hypervisor(Simulation sim) {
        this.sim = sim;
        this.machine = sim.machine;
    }

    private VirtualCpu vcpu(int index) {
        return machine.vcpus[index];
    }

    @Override
    public long now() {
        return machine.now;
    }

    @Override
    public void compute(int vcpu, long ns, Privilege privilege, boolean useful) {
        VirtualCpu told = vcpu(vcpu);
        told.tell(Activity.COMPUTE, privilege);
        told.leftNs = ns;
        told.useful = useful;
    }

    @Override
    public void spin(int vcpu, long limitNs, Privilege privilege, Wait.Cause cause) {
        VirtualCpu told = vcpu(vcpu);
        told.tell(Activity.SPIN, privilege);
        told.leftNs = limitNs;
        told.cause = cause;
    }

    @Override
    public void halt(int vcpu) {
        vcpu(vcpu).tell(Activity.HALT, Privilege.KERNEL);
    }

    @Override
    public void exit(int vcpu, Family family, long hostNs) {
        VirtualCpu told = vcpu(vcpu);
        told.tell(Activity.EXIT, Privilege.KERNEL);
        told.family = family;
        told.hostLeftNs = hostNs;
    }

    @Override
    public void yieldTo(int vcpu, int target, Family family) {
        VirtualCpu told = vcpu(vcpu);
        told.tell(Activity.YIELD, Privilege.KERNEL);
        told.family = family;
        told.yieldTarget = target;
    }

    @Override
    public void shutdown(int vcpu) {
        vcpu(vcpu).tell(Activity.SHUTDOWN, Privilege.KERNEL);
        disarmTimer(vcpu);
    }

    @Override
    public void release(int spinner, int culprit) {
        VirtualCpu released = vcpu(spinner);
        if (released.released) {
            return;
        }
        released.released = true;
        released.culprit = culprit;
        released.releaseNs = machine.now;
        if (released.activity == Activity.SPIN) {
            sim.guestMode.attend(released);
        }
    }

    @Override
    public long takeOff(int vcpu) {
        VirtualCpu taken = vcpu(vcpu);
        sim.guestMode.settle(taken);
        boolean timed = taken.activity == Activity.COMPUTE || taken.activity == Activity.SPIN;
        long left = timed ? Math.max(0, taken.leftNs) : 0;
        if (taken.spinning) {
            sim.guestMode.endSpin(taken, SpinEpisode.End.PROGRESS);
        }
        taken.forgetRelease();
        taken.activity = Activity.NONE;
        sim.guestMode.attend(taken);
        return left;
    }

    @Override
    public long leftNs(int vcpu) {
        VirtualCpu asked = vcpu(vcpu);
        sim.guestMode.settle(asked);
        return Math.max(0, asked.leftNs);
    }

    @Override
    public void setLeftNs(int vcpu, long ns) {
        VirtualCpu changed = vcpu(vcpu);
        sim.guestMode.settle(changed);
        changed.leftNs = ns;
        if (machine.inGuest(changed)) {
            sim.guestMode.startTimer(machine.pcpuOf(changed));
        }
    }

    @Override
    public void sendIpi(int sender, int receiver, int vector, long tag, int receivers) {
        sim.interrupts.send(vcpu(sender), vcpu(receiver), vector, tag, receivers);
    }

    @Override
    public void interrupt(int vcpu, int vector, long tag) {
        sim.interrupts.send(null, vcpu(vcpu), vector, tag, 1);
    }

    @Override
    public void armTimer(int vcpu, long atNs, int vector, long tag) {
        VirtualCpu armed = vcpu(vcpu);
        armed.timerVector = vector;
        armed.timerTag = tag;
        machine.queue.schedule(machine.slots.of(Due.TIMER, vcpu), Math.max(atNs, machine.now));
    }

    @Override
    public void disarmTimer(int vcpu) {
        machine.queue.cancel(machine.slots.of(Due.TIMER, vcpu));
    }

    @Override
    public void callAt(long atNs, Runnable device) {
        sim.devices.callAt(Math.max(atNs, machine.now), device);
    }

    @Override
    public boolean preempted(int vcpu) {
        VirtualCpu asked = vcpu(vcpu);
        return asked.thread.runnable() && !machine.running(asked);
    }

    @Override
    public long stealNs(int vcpu) {
        return vcpu(vcpu).vcpu.stealNs();
    }

    @Override
    public boolean preferred(int vcpu) {
        return machine.policy.guestPrefers(vcpu(vcpu).vcpu);
    }
}
