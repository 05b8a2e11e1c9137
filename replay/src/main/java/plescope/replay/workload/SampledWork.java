package plescope.replay.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import plescope.replay.model.Roster;
import plescope.replay.spin.GuestSamples;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.SampledSpin;
import plescope.replay.spin.SpinShare;
import plescope.replay.workload.WorkloadLock.Discipline;

/**
 * The work of guests whose log has no PLE exits, as far as samples tell it from spin.
 *
 * <p>In a convoy hardly any guest time is work, and how little it is cannot be told; a replay that ran only as long as that recorded
 * work lasts would be over in an instant under a setting that resolves the convoy. So a VM whose vCPUs do nothing but take a lock -
 * they neither halt nor send each other IPIs - gets as many turns as it may need, without the exits of its timers. What it does per
 * second has then no absolute meaning, but its ratio between two settings has, as both count the same turns. Other VMs keep
 * their recorded steps; the spinning is taken out of their work and the takings are laid over the rest.
 */
public final class SampledWork {
    /** More time than this in waits for IPIs must be explained by IPIs [I]. */
    private static final double UNEXPLAINED_SHARE = 0.05;

    private final Roster roster;
    private final List<GuestSamples> samples;
    private final List<SampledSpin> spins;
    private final Workload recorded;

    /**
     * Puts the evidence together.
     *
     * @param samples by dense vCPU index
     * @param code what is known of the guests' code
     * @param recorded the steps of the log, with all guest time that is no known wait as work
     */
    public SampledWork(Roster roster, List<GuestSamples> samples, GuestSymbols code, Workload recorded) {
        this.roster = roster;
        this.samples = List.copyOf(samples);
        this.recorded = recorded;
        List<SampledSpin> found = new ArrayList<>();
        for (Roster.Vm vm : roster.vms()) {
            found.add(SampledSpin.of(roster, vm.id(), samples, code));
        }
        spins = List.copyOf(found);
    }

    /** What samples say, by dense VM id. */
    public List<SampledSpin> spins() {
        return spins;
    }

    /**
     * Whether spin is told from work: samples hit code that waits for locks often enough, or the log's IPIs show who waited for
     * them; and no VM is left whose samples say that it waited for IPIs while its IPIs do not say for which.
     */
    public boolean known() {
        boolean any = false;
        for (SampledSpin spin : spins) {
            boolean waits = waitsForIpis(spin.vm());
            if (spin.known() && spin.ipi().low() > UNEXPLAINED_SHARE && !waits) {
                return false;
            }
            any |= waits || takesLocks(spin);
        }
        return any;
    }

    private boolean waitsForIpis(int vm) {
        for (int vcpu : roster.vcpusOf(vm)) {
            VcpuWork work = recorded.work(vcpu);
            for (int step = 0; step < work.size(); step++) {
                if (work.kind(step) == StepKind.SPIN_UNTIL_ACKED) {
                    return true;
                }
            }
        }
        return false;
    }

    /** One sentence: what samples show, or what to record so that they would. */
    public String reason() {
        long taken = samples.stream().mapToLong(GuestSamples::samples).sum();
        if (!known()) {
            return "no PLE exits; " + taken + " samples of guest code by host interrupts" + whyNot();
        }
        StringBuilder text = new StringBuilder("no PLE exits; by " + taken + " samples of host interrupts");
        for (SampledSpin spin : spins) {
            text.append(", ").append(roster.vms().get(spin.vm()).name());
            text.append(" spins ").append(percent(spin.lock())).append(" for locks and ");
            text.append(percent(spin.ipi())).append(" for IPIs");
        }
        boolean ipiWaits = roster.vms().stream().anyMatch(vm -> waitsForIpis(vm.id()));
        return text.append(" (95 % intervals)")
                .append(ipiWaits ? "; who waits for its IPIs is told by what it leaves undone meanwhile" : "")
                .toString();
    }

    private String whyNot() {
        return spins.stream().anyMatch(SampledSpin::known)
                ? " show waits for IPIs, but the log does not tell for which: record kvm_apic_ipi, kvm_apic_accept_irq and kvm_eoi"
                : " do not fall into code known to spin: spin cannot be told from work. Name the guests' symbols (--symbols) or"
                        + " their spin loops (--spin-code), or record a second of the same guests with PLE on";
    }

    private static String percent(SpinShare share) {
        return Math.round(share.low() * 1000) / 10.0 + " to " + Math.round(share.high() * 1000) / 10.0 + " %";
    }

    /** By dense VM id, the share that is work of all guest time without known waits: the rest was sampled waiting for locks. */
    public List<Double> workShare() {
        return spins.stream()
                .map(spin -> takesLocks(spin) ? 1 - spin.lock().likely() : 1.0)
                .toList();
    }

    private static boolean takesLocks(SampledSpin spin) {
        return spin.known() && spin.lock().hits() > 0;
    }

    /**
     * One drawing of what samples leave open.
     *
     * @param member 0 is the most likely reading
     */
    public Workload draw(int member) {
        List<WorkloadLock> locks = new ArrayList<>();
        Map<Integer, VcpuWork> changed = new HashMap<>();
        for (SampledSpin spin : spins) {
            if (takesLocks(spin)) {
                List<Integer> vcpus = roster.vcpusOf(spin.vm());
                LockFit fit = LockFit.draw(
                        vcpus.stream().map(this::samplesOf).toList(),
                        spin,
                        spin.ipi().counted(),
                        member);
                for (int vcpu : vcpus) {
                    changed.put(vcpu, work(vcpu, locks.size(), fit, new SplittableRandom(7919L * vcpu + member)));
                }
                locks.add(new WorkloadLock(spin.vm(), spin.place().name(), fit.discipline()));
            }
        }
        List<VcpuWork> work = new ArrayList<>();
        int[] receivers = new int[recorded.ipiCount()];
        for (int ipi = 0; ipi < receivers.length; ipi++) {
            receivers[ipi] = recorded.ipiReceiver(ipi);
        }
        for (int v = 0; v < recorded.vcpuCount(); v++) {
            work.add(changed.getOrDefault(v, recorded.work(v)));
        }
        return new Workload(roster, work, locks, receivers, recorded.spanNs());
    }

    private GuestSamples samplesOf(int vcpu) {
        return vcpu < samples.size() ? samples.get(vcpu) : new GuestSamples();
    }

    private VcpuWork work(int vcpu, int lock, LockFit fit, SplittableRandom random) {
        LockUse use = new LockUse(lock, vcpu, fit.betweenNs(), fit.heldNs());
        Takings takings = new Takings(use, recorded.vcpuCount(), random);
        int vm = roster.vcpus().get(vcpu).vm();
        if (!onlyLocks(vm)) {
            return takings.over(recorded.work(vcpu), 1 - fit.spinShare());
        }
        VcpuWork turns = fit.discipline() == Discipline.FIFO
                ? takings.fromConvoy(recorded.spanNs(), roster.vcpusOf(vm).get(0))
                : takings.forEver(recorded.spanNs());
        return turns.inUser(recorded.work(vcpu).userPermille());
    }

    /** Whether all that the VM's vCPUs do with each other is to take locks. */
    private boolean onlyLocks(int vm) {
        for (int vcpu : roster.vcpusOf(vm)) {
            VcpuWork work = recorded.work(vcpu);
            for (int step = 0; step < work.size(); step++) {
                boolean computes =
                        switch (work.kind(step)) {
                            case COMPUTE, HOST -> true;
                            case SPIN_UNTIL_WORK,
                                    ACQUIRE,
                                    RELEASE,
                                    SPIN_UNTIL_ACKED,
                                    SPIN_FOR,
                                    SEND_IPI,
                                    HALT_UNTIL_IPI,
                                    HALT_FOR,
                                    HALT_UNTIL_TIME -> false;
                        };
                if (!computes) {
                    return false;
                }
            }
        }
        return true;
    }
}
