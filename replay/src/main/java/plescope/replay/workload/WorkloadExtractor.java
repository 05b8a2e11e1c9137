package plescope.replay.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import plescope.parser.event.ExitReason;
import plescope.replay.model.Ipi;
import plescope.replay.model.Roster;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.model.Wakeup;

/**
 * Door 4: listens to a recorded schedule and says what its guests had to do, free of host decisions.
 *
 * <p>Kept: guest work, exits the guest asked for, IPIs, halts with what ended them, and spin waits as edges to the vCPU that
 * ended them. Dropped, because the simulator makes them anew: preemption, PLE exits, yields, halt polling, host ticks.
 *
 * <p>Closed: locks, IPIs, wake-ups between vCPUs. A vCPU's own timer moves with
 * the vCPU's work. Open: devices, unknown senders, timers of which no arming is seen; they stay at their recorded times.
 */
public final class WorkloadExtractor extends SelectiveSink {
    private final List<VcpuRecord> vcpus = new ArrayList<>();
    private final IpiLedger visible = new IpiLedger();
    private final Map<Long, Wait> waits = new HashMap<>();
    private final List<AckWaits> ackWaits = new ArrayList<>();
    private IpiLedger ipis;
    private List<GuestTsc> tscs = List.of();
    private int[] userPermille = new int[0];
    private final LockWaits lockWaits = new LockWaits();

    /** What was recorded of one vCPU. */
    static final class VcpuRecord {
        /** Guest work; after {@link #extract} without the time spent waiting for IPIs. */
        CumulativeTime guest = new CumulativeTime();

        /** Guest time seen spinning. */
        final CumulativeTime spinning = new CumulativeTime();

        final CumulativeTime host = new CumulativeTime();
        final List<VmExit> exits = new ArrayList<>();
        final List<VcpuInterval> blocked = new ArrayList<>();
        final List<SpinEpisode> episodes = new ArrayList<>();
        final List<Wakeup> wakeups = new ArrayList<>();

        final List<ArmedTimer> timers = new ArrayList<>();
        final PrivilegeSamples privilege = new PrivilegeSamples();
    }

    /** A timer a vCPU armed at {@code timeNs}, to ring at {@code deadline} on its TSC. */
    record ArmedTimer(long timeNs, long deadline) {}

    private VcpuRecord of(int vcpu) {
        while (vcpus.size() <= vcpu) {
            vcpus.add(new VcpuRecord());
        }
        return vcpus.get(vcpu);
    }

    @Override
    public void interval(VcpuInterval interval) {
        lockWaits.interval(interval);
        VcpuRecord record = of(interval.vcpu());
        if (interval.state() == VcpuState.GUEST) {
            record.guest.add(interval.startNs(), interval.endNs());
        } else if (interval.state() == VcpuState.SPINNING) {
            record.spinning.add(interval.startNs(), interval.endNs());
        } else if (interval.state() == VcpuState.HOST) {
            record.host.add(interval.startNs(), interval.endNs());
        } else if (interval.state() == VcpuState.BLOCKED) {
            record.blocked.add(interval);
        }
    }

    @Override
    public void vmExit(VmExit exit) {
        of(exit.vcpu()).privilege.exit(exit);
        ExitReason.Family family = exit.reason().family();
        if (family != ExitReason.Family.PAUSE && family != ExitReason.Family.INTERRUPT) {
            of(exit.vcpu()).exits.add(exit);
        }
    }

    @Override
    public void episode(SpinEpisode episode) {
        lockWaits.episode(episode);
        of(episode.vcpu()).episodes.add(episode);
    }

    @Override
    public void waited(Wait wait) {
        lockWaits.waited(wait);
        waits.put(wait.episode(), wait);
    }

    @Override
    public void ipi(Ipi ipi) {
        visible.add(ipi);
    }

    @Override
    public void timerArmed(int vcpu, long timeNs, long deadline) {
        of(vcpu).timers.add(new ArmedTimer(timeNs, deadline));
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        of(wakeup.vcpu()).wakeups.add(wakeup);
    }

    /** The workload with waits for locks as edges between the vCPUs that were seen to wait and to let go. */
    public Workload extract(Roster roster, long spanNs) {
        return extract(roster, spanNs, LockModel.NONE, 0);
    }

    /**
     * The workload of everything heard; call after the last record, as often as one likes, from any thread.
     *
     * @param spanNs recorded time
     * @param locks VMs it knows get takings of locks in place of recorded waits
     * @param member of an ensemble: 0 is the most likely reading
     */
    public synchronized Workload extract(Roster roster, long spanNs, LockModel locks, int member) {
        int count = prepare(roster);
        LockSites sites = new LockSites(roster, vcpus, waits);
        StepAssembler assembler = new StepAssembler(
                vcpus,
                ipis,
                waits,
                ackWaits,
                tscs,
                vcpu -> locks.of(roster.vcpus().get(vcpu).vm(), member) != null);
        List<WorkloadLock> named = new ArrayList<>();
        List<LockUse> uses = new ArrayList<>();
        for (Roster.Vm vm : roster.vms()) {
            LockChoice choice = locks.of(vm.id(), member);
            if (choice != null) {
                uses.addAll(sites.uses(vm.id(), choice, named.size()));
                named.addAll(sites.locks(vm.id(), choice.discipline()));
            }
        }
        List<VcpuWork> work = new ArrayList<>();
        for (int v = 0; v < count; v++) {
            int vcpu = v;
            List<LockUse> own = uses.stream().filter(use -> use.vcpu() == vcpu).toList();
            VcpuWork bare = assembler.assemble(v).inUser(userPermille[v]);
            SplittableRandom random = new SplittableRandom(((long) member << 32) + v);
            work.add(own.isEmpty() ? bare : LockLayer.lay(bare, own, sites.place(v, member, random), random));
        }
        return new Workload(roster, work, named, ipis.receivers(), spanNs);
    }

    /** What all members share is made once. */
    private int prepare(Roster roster) {
        int count = roster.vcpus().size();
        if (ipis != null) {
            return count;
        }
        if (count > 0) {
            of(count - 1);
        }
        int[] vmOf = new int[count];
        roster.vcpus().forEach(vcpu -> vmOf[vcpu.index()] = vcpu.vm());
        visible.number(vcpus.stream().map(record -> record.guest).toList());
        SynchronousVectors synchronous = SynchronousVectors.of(vmOf, vcpus, visible, waits);
        ipis = CoalescedIpis.complete(vmOf, vcpus, visible, synchronous, waits);
        for (int v = 0; v < count; v++) {
            AckWaits mine = AckWaits.of(v, vcpus.get(v), ipis, synchronous);
            vcpus.get(v).guest = WorkClock.of(vcpus.get(v), waits, mine);
            ackWaits.add(mine);
        }
        userPermille = PrivilegeSamples.userPermille(roster, vcpus);
        tscs = counters(roster);
        return count;
    }

    /** The clock of the guests' work: what COMPUTE steps of {@link #extract} add up to between any two moments. */
    public synchronized WorkTime workTime(Roster roster) {
        prepare(roster);
        return (vcpu, fromNs, toNs) ->
                vcpu < vcpus.size() ? vcpus.get(vcpu).guest.between(fromNs, toNs) : 0;
    }

    /** What the recording shows of waits for locks, with work by {@link #workTime}. */
    public synchronized LockWaits lockWaits(Roster roster) {
        lockWaits.workIs(workTime(roster));
        return lockWaits;
    }

    /** Waits of a VM that may have been for locks: 0 where too few for a model of them. */
    public synchronized long countLockWaits(Roster roster, int vm) {
        prepare(roster);
        long found = new LockSites(roster, vcpus, waits).waits(vm);
        return found < LockSites.MIN_WAITS ? 0 : found;
    }

    /** How often a VM takes locks that it holds for that share of its work, for so long at a time. */
    public synchronized long takings(Roster roster, int vm, int heldPermille, long heldNs) {
        prepare(roster);
        return new LockSites(roster, vcpus, waits).takings(vm, heldPermille, heldNs);
    }

    /** By vCPU, its VM's time-stamp counter. */
    private List<GuestTsc> counters(Roster roster) {
        Map<Integer, GuestTsc> byVm = new HashMap<>();
        for (Roster.Vm vm : roster.vms()) {
            byVm.put(
                    vm.id(),
                    GuestTsc.of(roster.vcpusOf(vm.id()).stream().map(vcpus::get).toList()));
        }
        List<GuestTsc> byVcpu = new ArrayList<>();
        roster.vcpus().forEach(vcpu -> byVcpu.add(byVm.get(vcpu.vm())));
        return byVcpu;
    }
}
