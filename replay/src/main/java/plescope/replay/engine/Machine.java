package plescope.replay.engine;

import java.util.List;
import plescope.replay.guest.GuestSoftware;
import plescope.replay.kvm.HaltPolling;
import plescope.replay.kvm.OnSpin;
import plescope.replay.kvm.PleWindow;
import plescope.replay.kvm.Vcpu;
import plescope.replay.kvm.Vm;
import plescope.replay.kvm.YieldTo;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.policy.Policy;
import plescope.replay.policy.Setting;
import plescope.replay.scheduler.FairScheduler;
import plescope.replay.scheduler.HostScheduler;

/** The simulated host and everything on it: the state the parts of a simulation share. */
final class Machine {
    final GuestSoftware software;
    final HostModel host;
    final HostCosts costs;
    final Policy policy;
    final FairScheduler scheduler;
    final OnSpin onSpin;
    final Pcpu[] pcpus;
    final VirtualCpu[] vcpus;
    final Recorder recorder;
    final EventQueue queue;
    final Slots slots;
    final boolean pleOn;

    long now;

    /** Waits that could never have ended and were given up. */
    long cuts;

    Machine(GuestSoftware software, HostModel host, Setting setting, Policy policy, ScheduleSink out) {
        this.software = software;
        Roster roster = software.roster();
        int size = roster.vcpus().size();
        this.policy = policy;
        this.host = policy.host(host, size);
        this.costs = this.host.costs();
        this.pleOn = policy.pauseLoopExiting() && this.host.ple().window() > 0;
        this.scheduler = HostScheduler.create(setting.scheduler(), setting.layout(), this.host, vmOf(roster), policy);
        this.onSpin = new OnSpin(new YieldTo(scheduler), policy);
        this.pcpus = new Pcpu[this.host.pcpus()];
        for (int p = 0; p < pcpus.length; p++) {
            pcpus[p] = new Pcpu(p, scheduler.rq(p));
        }
        this.vcpus = createVcpus(roster, setting);
        this.recorder = new Recorder(out, roster);
        this.slots = new Slots(pcpus.length, size);
        this.queue = new EventQueue(slots.ranks());
    }

    private static int[] vmOf(Roster roster) {
        int[] vmOf = new int[roster.vcpus().size()];
        for (Roster.Vcpu vcpu : roster.vcpus()) {
            vmOf[vcpu.index()] = vcpu.vm();
        }
        return vmOf;
    }

    private VirtualCpu[] createVcpus(Roster roster, Setting setting) {
        VirtualCpu[] created = new VirtualCpu[roster.vcpus().size()];
        for (Roster.Vm vm : roster.vms()) {
            Vm machine = new Vm(vm.id());
            List<Integer> members = roster.vcpusOf(vm.id());
            for (int number = 0; number < members.size(); number++) {
                int index = members.get(number);
                Vcpu vcpu = new Vcpu(
                        index,
                        number,
                        machine,
                        scheduler.newThread(index, host.allowedPcpus(index)),
                        new PleWindow(host.ple()),
                        new HaltPolling(host.kvm(), setting.scheduler()));
                machine.add(vcpu);
                created[index] = new VirtualCpu(index, vcpu);
            }
        }
        return created;
    }

    /** The pCPU the vCPU's thread is on or queued on. */
    Pcpu pcpuOf(VirtualCpu vcpu) {
        return pcpus[vcpu.thread.pcpu()];
    }

    /** Whether the vCPU is in guest mode now. */
    boolean inGuest(VirtualCpu vcpu) {
        Pcpu pcpu = pcpuOf(vcpu);
        return pcpu.current == vcpu && pcpu.inGuest();
    }

    /** Whether the vCPU's thread is on a pCPU now. */
    boolean running(VirtualCpu vcpu) {
        return pcpuOf(vcpu).current == vcpu;
    }

    /** The window the vCPU's own one grows from. */
    int pleBase(VirtualCpu vcpu) {
        return policy.pleWindow(vcpu.vcpu, host.ple().window());
    }

    /** Starts or restarts the pCPU's timer. */
    void startTimer(Pcpu pcpu, long delayNs) {
        queue.schedule(slots.of(Due.PCPU, pcpu.id), now + delayNs);
    }
}
