package plescope.replay.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import plescope.replay.model.Roster;

/**
 * VMs that run tasks under small kernels of their own: what {@link VmSpec}s describe, alive. Everything drawn comes from the seed, in
 * a fixed order, so equal hosts give equal runs.
 *
 * <p>One run per instance. {@link GuestDeadlock} is thrown when tasks come to wait for each other in a circle.
 */
public final class LiveGuests implements GuestSoftware {
    /** Thread ids of simulated VMs begin here, and the next VM's this much later: away from small numbers that mean CPUs. */
    private static final int FIRST_TID = 2_000;

    private static final int TIDS_PER_VM = 1_100;

    private final Roster roster;
    private final GuestVm[] vms;
    private final GuestVcpu[] vcpus;

    /**
     * Creates the VMs, one per spec in the order of the roster's VMs.
     *
     * @throws IllegalArgumentException where a VM's specification makes no sense, or the roster is not theirs
     */
    public LiveGuests(Roster roster, List<VmSpec> vms, long seed, GuestObserver observer) {
        if (roster.vms().size() != vms.size()) {
            throw new IllegalArgumentException(
                    vms.size() + " VMs, the roster knows " + roster.vms().size());
        }
        this.roster = roster;
        this.vms = new GuestVm[vms.size()];
        this.vcpus = new GuestVcpu[roster.vcpus().size()];
        SplittableRandom random = new SplittableRandom(seed);
        for (int id = 0; id < this.vms.length; id++) {
            this.vms[id] = new GuestVm(id, vms.get(id), roster, random.split(), observer);
            for (GuestVcpu vcpu : this.vms[id].vcpus) {
                vcpus[vcpu.index] = vcpu;
            }
        }
    }

    /** Names and numbers for those VMs' vCPUs: dense indices in the order of the list. */
    public static Roster roster(List<VmSpec> specs, int pcpus) {
        List<Roster.Vm> vms = new ArrayList<>();
        List<Roster.Vcpu> vcpus = new ArrayList<>();
        for (int id = 0; id < specs.size(); id++) {
            int tgid = FIRST_TID + id * TIDS_PER_VM;
            vms.add(new Roster.Vm(id, specs.get(id).name(), tgid, Roster.Grouping.THREAD_MAP));
            for (int number = 0; number < specs.get(id).vcpus(); number++) {
                vcpus.add(new Roster.Vcpu(vcpus.size(), id, number, tgid + 1 + number, "CPU " + number + "/KVM"));
            }
        }
        return new Roster(vms, vcpus, List.of(), pcpus);
    }

    @Override
    public Roster roster() {
        return roster;
    }

    @Override
    public void boot(VirtualCpus cpus) {
        for (GuestVm vm : vms) {
            vm.cpus = cpus;
        }
    }

    @Override
    public void proceed(int vcpu) {
        vcpus[vcpu].proceed();
    }

    @Override
    public void handled(int vcpu, int vector, long tag) {
        vcpus[vcpu].handled(vector, tag);
    }

    @Override
    public long handlerNs(int vcpu, int vector, long tag) {
        return GuestCosts.handlerNs(vector);
    }

    @Override
    public boolean handlersOverlap() {
        return false;
    }

    /** The vCPU of the lock's owner, or the first that has yet to answer, preempted ones first. */
    @Override
    public int blocker(int spinner) {
        return vcpus[spinner].blocker();
    }

    @Override
    public boolean waitsFor(int spinner, int other) {
        return vcpus[spinner].vm == vcpus[other].vm && vcpus[spinner].waitsFor(vcpus[other]);
    }

    @Override
    public boolean critical(int vcpu) {
        GuestTask current = vcpus[vcpu].current;
        return current != null && current.spinlocksHeld > 0;
    }

    /**
     * Circles of locks are seen when they close; this finds barriers and channels to which not all can come. A vCPU that is merely
     * starved by the host goes on waiting.
     */
    @Override
    public void cut(int vcpu) {
        if (vcpus[vcpu].vm.stuck()) {
            throw vcpus[vcpu].vm.deadlock();
        }
    }

    @Override
    public int stuckHalt(int vm) {
        return vms[vm].stuck() ? vms[vm].vcpus[0].index : -1;
    }

    @Override
    public boolean done() {
        for (GuestVm vm : vms) {
            if (!vm.done()) {
                return false;
            }
        }
        return true;
    }

    /** What the VMs got done so far, in the order of their ids. */
    public List<GuestOutcome> outcomes() {
        List<GuestOutcome> outcomes = new ArrayList<>();
        for (GuestVm vm : vms) {
            outcomes.add(vm.outcome());
        }
        return List.copyOf(outcomes);
    }
}
