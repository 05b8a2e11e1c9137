package plescope.replay.policy;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.policy.PolicySpec.Role;

/**
 * Preferred CPUs, the guest side's steal governor.
 *
 * <h2>Idea</h2>
 * A guest that sees steal time has more vCPUs running than the host has pCPUs for. It folds its tasks onto fewer vCPUs and so
 * spares itself preempted lock holders.
 *
 * <h2>Modelled</h2>
 * Per VM, every {@code period}: steal time of all its vCPUs over period times vCPUs; {@link StealGovernor} gives up the
 * highest preferred cores or takes back the lowest others, {@code step} at a time; the core of vCPU 0 always stays. The guest's
 * scheduler keeps tasks and device interrupts off the others. {@code first=n} is the custom mask of vCPUs 0 to n-1 with the
 * monitor off; a VM of n vCPUs or fewer rejects it and keeps its monitor.
 *
 * <h2>Not modelled</h2>
 * Real-time tasks, which version 2 moved as well; the monitor's own run time, and that vCPU 0 must run to take a sample.
 * Recorded guests have no tasks to move: there the policy changes nothing.
 *
 * <h2>Source</h2>
 * S. Hegde, "paravirt CPUs" and steal governor, v2 to v14, April to September 2026.
 */
final class PreferredCpusPolicy implements Policy {
    static final PolicySpec SPEC = new PolicySpec(
                    "preferred-cpus",
                    Role.OTHER,
                    "Guests fold onto fewer vCPUs while the host steals much",
                    "S. Hegde, 2025 to 2026",
                    List.of(
                            Parameter.duration("period", 1_000_000_000, 10_000_000, 5_000_000_000L, "between samples"),
                            Parameter.count("high", 500, 0, 10_000, "steal in 0.01 % above which cores are given up"),
                            Parameter.count("low", 200, 0, 10_000, "steal in 0.01 % up to which cores come back"),
                            Parameter.flag("useDirection", true, "0 acts on the first sample already"),
                            Parameter.count("step", 1, 1, 64, "cores per decision"),
                            Parameter.count("smt", 1, 1, 8, "vCPUs of a guest core"),
                            Parameter.count("first", 0, 0, 1024, "custom mask of the first vCPUs; 0 is the monitor")),
                    PreferredCpusPolicy::new)
            .replacing(Rule.GUEST_CPUS, Rule.TIMER);

    private final long periodNs;
    private final long high;
    private final long low;
    private final boolean useDirection;
    private final int step;
    private final int smt;
    private final int mask;
    private final List<Guest> guests = new ArrayList<>();

    PreferredCpusPolicy(ParameterValues values) {
        periodNs = values.get("period");
        high = values.get("high");
        low = values.get("low");
        useDirection = values.flag("useDirection");
        step = values.count("step");
        smt = values.count("smt");
        mask = values.count("first");
    }

    /** A VM: its preferred vCPUs are those with numbers below {@code preferred}, since cores go and come at the upper end. */
    private final class Guest {
        final List<VcpuView> vcpus = new ArrayList<>();
        final StealGovernor governor = new StealGovernor(high, low, useDirection);
        int preferred;
        long stealNs;

        /** A guest with the custom mask has no monitor. */
        boolean masked() {
            return mask > 0 && mask < vcpus.size();
        }

        void sample() {
            long steal = 0;
            for (VcpuView vcpu : vcpus) {
                steal += vcpu.stealNs();
            }
            long ratio = 10_000 * (steal - stealNs) / (periodNs * vcpus.size());
            stealNs = steal;
            preferred = resized(governor.sample(ratio));
        }

        /** Whole cores; the last one may be smaller. */
        private int resized(int direction) {
            int cores = (preferred + smt - 1) / smt;
            int wanted = Math.max(1, cores + direction * step) * smt;
            return Math.min(wanted, vcpus.size());
        }
    }

    @Override
    public void start(HostView host) {
        for (int i = 0; i < host.vcpus(); i++) {
            VcpuView vcpu = host.vcpu(i);
            while (guests.size() <= vcpu.vm()) {
                guests.add(new Guest());
            }
            guests.get(vcpu.vm()).vcpus.add(vcpu);
        }
        for (Guest guest : guests) {
            guest.preferred = guest.masked() ? mask : guest.vcpus.size();
        }
    }

    @Override
    public long timerPeriodNs() {
        return periodNs;
    }

    @Override
    public void onTimer() {
        for (Guest guest : guests) {
            if (!guest.masked() && !guest.vcpus.isEmpty()) {
                guest.sample();
            }
        }
    }

    @Override
    public boolean guestPrefers(VcpuView vcpu) {
        return vcpu.number() < guests.get(vcpu.vm()).preferred;
    }
}
