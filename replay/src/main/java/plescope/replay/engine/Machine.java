package plescope.replay.engine;

import java.util.List;
import plescope.replay.kvm.OnSpin;
import plescope.replay.kvm.Vcpu;
import plescope.replay.kvm.Vm;
import plescope.replay.kvm.YieldTo;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.policy.Policy;
import plescope.replay.policy.SchedulerVersion;
import plescope.replay.policy.Setting;
import plescope.replay.scheduler.FairScheduler;
import plescope.replay.scheduler.HostScheduler;
import plescope.replay.workload.Workload;

/** The simulated host and everything on it: the state the parts of a simulation share. */
final class Machine {
    final Workload work;
    final HostModel host;
    final HostCosts costs;
    final Policy policy;
    final FairScheduler scheduler;
    final OnSpin onSpin;
    final Pcpu[] pcpus;
    final Guest[] guests;
    final Recorder recorder;
    final EventQueue queue;
    final Slots slots;
    final boolean pleOn;

    long now;
    long brokenEdges;

    /** The vCPU that ended the run by finishing, -1 while it goes on. */
    int endedBy = -1;

    Machine(Workload work, HostModel host, Setting setting, ScheduleSink out) {
        this.work = work;
        this.policy = setting.createPolicy();
        this.host = policy.host(host, work.vcpuCount());
        this.costs = this.host.costs();
        PleHardware ple = this.host.ple();
        this.pleOn = policy.pauseLoopExiting() && ple.window() > 0;
        int[] vmOf = vmOf(work.roster());
        this.scheduler = HostScheduler.create(
                setting.scheduler(), setting.layout(), this.host.pcpus(), this.host.hz(), vmOf, policy);
        this.onSpin = new OnSpin(new YieldTo(scheduler), policy);
        this.pcpus = new Pcpu[this.host.pcpus()];
        for (int p = 0; p < pcpus.length; p++) {
            pcpus[p] = new Pcpu(p, scheduler.rq(p));
        }
        this.guests = createGuests(haltPollShrink(setting.scheduler()), ple);
        this.recorder = new Recorder(out, work.roster());
        this.slots = new Slots(pcpus.length, guests.length);
        this.queue = new EventQueue(slots.ranks());
    }

    private static int[] vmOf(Roster roster) {
        int[] vmOf = new int[roster.vcpus().size()];
        for (Roster.Vcpu vcpu : roster.vcpus()) {
            vmOf[vcpu.index()] = vcpu.vm();
        }
        return vmOf;
    }

    /** {@code halt_poll_ns_shrink}: 0 until 6.10, 2 since 6.11. */
    private static int haltPollShrink(SchedulerVersion version) {
        return version.compareTo(SchedulerVersion.EEVDF_6_12) < 0 ? 0 : 2;
    }

    private Guest[] createGuests(int haltPollShrink, PleHardware ple) {
        Guest[] created = new Guest[work.vcpuCount()];
        Roster roster = work.roster();
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
                        ple,
                        haltPollShrink);
                machine.add(vcpu);
                created[index] = new Guest(index, vcpu, work.work(index));
            }
        }
        return created;
    }

    /** The pCPU the guest's thread is on or queued on. */
    Pcpu pcpuOf(Guest guest) {
        return pcpus[guest.thread.pcpu()];
    }

    /** Whether the guest is in guest mode now. */
    boolean inGuest(Guest guest) {
        Pcpu pcpu = pcpuOf(guest);
        return pcpu.current == guest && pcpu.inGuest();
    }

    /** Whether the guest's thread is on a pCPU now. */
    boolean running(Guest guest) {
        return pcpuOf(guest).current == guest;
    }

    /** Starts or restarts the pCPU's timer. */
    void startTimer(Pcpu pcpu, long delayNs) {
        queue.schedule(slots.timer(pcpu.id), now + delayNs);
    }
}
