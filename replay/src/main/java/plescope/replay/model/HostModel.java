package plescope.replay.model;

import java.util.List;

/**
 * The simulated machine: its pCPUs, who may use them, what host work costs, and how its KVM is set up.
 *
 * @param allowed per dense vCPU index, the pCPUs its thread may use; vCPUs beyond the list may use all
 * @param home per dense vCPU index, the pCPU its thread starts on, -1 for wherever fork would place it; vCPUs beyond the list
 *     likewise. Equal loads keep threads where they are, so the start decides for seconds who shares a run queue with whom
 * @param hz scheduler ticks per second (CONFIG_HZ)
 * @param cgroups per dense VM id, the limits of its group; VMs beyond the list have the default ones
 * @param tuning what its administrator changed of the scheduler's own defaults
 * @param noise per pCPU, the other threads that run there; pCPUs beyond the list run vCPUs alone
 * @param tickSpreadNs how far apart at most the ticks of all pCPUs come in each period, as the kernel has it without
 *     {@code skew_tick}; {@link #STAGGERED_TICKS} for phases of their own
 */
public record HostModel(
        Topology topology,
        List<CpuSet> allowed,
        List<Integer> home,
        int hz,
        HostCosts costs,
        PleHardware ple,
        Kvm kvm,
        List<Cgroup> cgroups,
        SchedulerTuning tuning,
        List<OsNoise> noise,
        long tickSpreadNs) {
    /** {@link #tickSpreadNs} where ticks of pCPUs have nothing to do with one another. */
    public static final long STAGGERED_TICKS = -1;

    /** A machine whose scheduler has its defaults, and which runs nothing but vCPUs. */
    public HostModel(
            Topology topology,
            List<CpuSet> allowed,
            List<Integer> home,
            int hz,
            HostCosts costs,
            PleHardware ple,
            Kvm kvm,
            List<Cgroup> cgroups) {
        this(
                topology,
                allowed,
                home,
                hz,
                costs,
                ple,
                kvm,
                cgroups,
                SchedulerTuning.DEFAULT,
                List.of(),
                STAGGERED_TICKS);
    }

    /** A machine of one cache with default KVM, whose threads start wherever fork places them. */
    public HostModel(int pcpus, List<CpuSet> allowed, int hz, HostCosts costs, PleHardware ple) {
        this(Topology.flat(pcpus), allowed, List.of(), hz, costs, ple, Kvm.DEFAULT, List.of());
    }

    public HostModel {
        allowed = List.copyOf(allowed);
        home = List.copyOf(home);
        cgroups = List.copyOf(cgroups);
        noise = List.copyOf(noise);
        if (tickSpreadNs < STAGGERED_TICKS) {
            throw new IllegalArgumentException(
                    "ticks come some time apart, or -1 for phases of their own, not " + tickSpreadNs);
        }
        if (hz < 10 || hz > 10_000) {
            throw new IllegalArgumentException("hz must lie in 10..10000, was " + hz);
        }
    }

    public int pcpus() {
        return topology.pcpus();
    }

    /** pCPUs the vCPU may use, within this machine; a set that leaves none counts as all. */
    public CpuSet allowedPcpus(int vcpu) {
        CpuSet all = CpuSet.first(pcpus());
        CpuSet set = vcpu < allowed.size() ? allowed.get(vcpu).and(all) : all;
        return set.isEmpty() ? all : set;
    }

    /** The pCPU the vCPU's thread starts on, -1 where that is left to fork. */
    public int startPcpu(int vcpu) {
        int pcpu = vcpu < home.size() ? home.get(vcpu) : -1;
        return pcpu >= 0 && allowedPcpus(vcpu).contains(pcpu) ? pcpu : -1;
    }

    /** Limits of a VM's group. */
    public Cgroup cgroup(int vm) {
        return vm < cgroups.size() ? cgroups.get(vm) : Cgroup.DEFAULT;
    }

    /** Other threads on a pCPU. */
    public OsNoise noiseOn(int pcpu) {
        return pcpu < noise.size() ? noise.get(pcpu) : OsNoise.NONE;
    }

    /** This machine with other pCPUs for its vCPUs. */
    public HostModel on(Topology other, List<CpuSet> othersAllowed) {
        return new HostModel(other, othersAllowed, home, hz, costs, ple, kvm, cgroups, tuning, noise, tickSpreadNs);
    }

    /** This machine with threads that start elsewhere. */
    public HostModel startingOn(List<Integer> othersHome) {
        return new HostModel(topology, allowed, othersHome, hz, costs, ple, kvm, cgroups, tuning, noise, tickSpreadNs);
    }

    public HostModel withHz(int other) {
        return new HostModel(topology, allowed, home, other, costs, ple, kvm, cgroups, tuning, noise, tickSpreadNs);
    }

    public HostModel withCosts(HostCosts others) {
        return new HostModel(topology, allowed, home, hz, others, ple, kvm, cgroups, tuning, noise, tickSpreadNs);
    }

    public HostModel withPle(PleHardware other) {
        return new HostModel(topology, allowed, home, hz, costs, other, kvm, cgroups, tuning, noise, tickSpreadNs);
    }

    public HostModel withKvm(Kvm other) {
        return new HostModel(topology, allowed, home, hz, costs, ple, other, cgroups, tuning, noise, tickSpreadNs);
    }

    public HostModel withCgroups(List<Cgroup> others) {
        return new HostModel(topology, allowed, home, hz, costs, ple, kvm, others, tuning, noise, tickSpreadNs);
    }

    public HostModel withTuning(SchedulerTuning other) {
        return new HostModel(topology, allowed, home, hz, costs, ple, kvm, cgroups, other, noise, tickSpreadNs);
    }

    public HostModel withNoise(List<OsNoise> others) {
        return new HostModel(topology, allowed, home, hz, costs, ple, kvm, cgroups, tuning, others, tickSpreadNs);
    }

    public HostModel withTickSpread(long otherNs) {
        return new HostModel(topology, allowed, home, hz, costs, ple, kvm, cgroups, tuning, noise, otherNs);
    }

    /**
     * What host work costs, nanoseconds.
     *
     * @param exitNs exit and entry with a minimal handler
     * @param pauseExitNs from kvm_exit to kvm_entry of a PLE exit that does not switch, on_spin scan included
     * @param switchOutNs from the exit of a PLE or interrupt to the context switch away
     * @param switchInNs from the context switch to the entry of the incoming vCPU
     * @param tickNs timer-tick exit and handling
     * @param reschedIpiNs until a remote pCPU sees a reschedule request
     * @param ackNs guest time a receiver needs in guest mode to take and handle an IPI
     * @param cacheRefillNs guest time lost after others ran on the pCPU for as long or longer; less after shorter absence
     * @param llcMigrationNs guest time lost after moving to another last-level cache, on top of that
     */
    public record HostCosts(
            long exitNs,
            long pauseExitNs,
            long switchOutNs,
            long switchInNs,
            long tickNs,
            long reschedIpiNs,
            long ackNs,
            long cacheRefillNs,
            long llcMigrationNs) {
        /** What such work costs on a machine of today [R]; guest work is taken as measured, so caches cost nothing extra. */
        public static final HostCosts DEFAULT = new HostCosts(700, 3_000, 2_000, 2_000, 1_500, 1_500, 2_000, 0, 0);

        /** All costs times {@code factor}, for sensitivity runs. */
        public HostCosts scaled(double factor) {
            return new HostCosts(
                    Math.round(exitNs * factor),
                    Math.round(pauseExitNs * factor),
                    Math.round(switchOutNs * factor),
                    Math.round(switchInNs * factor),
                    Math.round(tickNs * factor),
                    Math.round(reschedIpiNs * factor),
                    Math.round(ackNs * factor),
                    Math.round(cacheRefillNs * factor),
                    Math.round(llcMigrationNs * factor));
        }
    }

    /**
     * Pause-loop exiting as the hardware and KVM's window dynamics do it.
     *
     * @param window base window, 0 switches PLE off: cycles on VMX (4096), PAUSE count on SVM (3000)
     * @param grow KVM's growth factor at a PLE exit; below 1 resets to the base
     * @param shrink 0 resets to the base at sched-in
     * @param max cap of the window
     * @param unitPicos picoseconds of looping per unit of window (a TSC cycle, or one PAUSE iteration)
     */
    public record PleHardware(int window, int grow, int shrink, int max, long unitPicos) {
        /** VMX defaults at 2 GHz. */
        public static final PleHardware VMX_DEFAULT = new PleHardware(4096, 2, 0, Integer.MAX_VALUE, 500);

        /** SVM defaults where a PAUSE loop takes 20 ns a turn. */
        public static final PleHardware SVM_DEFAULT = new PleHardware(3000, 2, 0, 0xffff, 20_000);

        /** Guest time until a loop of this window exits. */
        public long windowNs(long windowUnits) {
            return windowUnits * unitPicos / 1000;
        }
    }

    /**
     * KVM's module parameters that matter here.
     *
     * @param apicv posted interrupts: a vCPU in guest mode takes an IPI without an exit, and EOIs are not seen
     * @param haltPollNs {@code halt_poll_ns}, the most a halt polls; 0 switches polling off
     * @param haltPollGrow {@code halt_poll_ns_grow}
     * @param haltPollGrowStartNs {@code halt_poll_ns_grow_start}
     * @param haltPollShrink {@code halt_poll_ns_shrink}; -1 for the kernel version's own
     */
    public record Kvm(boolean apicv, long haltPollNs, int haltPollGrow, long haltPollGrowStartNs, int haltPollShrink) {
        /** x86 defaults, without APICv. */
        public static final Kvm DEFAULT = new Kvm(false, 200_000, 2, 10_000, -1);
    }

    /**
     * A VM's group.
     *
     * @param shares {@code cpu.shares}, or {@code cpu.weight} with 100 as 1024
     * @param quotaNs {@code cpu.max}: run time of all its threads per period, -1 for no limit
     * @param periodNs of the quota
     */
    public record Cgroup(long shares, long quotaNs, long periodNs) {
        public static final Cgroup DEFAULT = new Cgroup(1024, -1, 100_000_000);

        public Cgroup {
            if (shares < 2 || shares > 262_144) {
                throw new IllegalArgumentException("shares must lie in 2..262144, was " + shares);
            }
            if (quotaNs != -1 && quotaNs < 1_000_000) {
                throw new IllegalArgumentException("a quota must be at least 1ms, was " + quotaNs + "ns");
            }
            if (periodNs < 1_000_000 || periodNs > 1_000_000_000) {
                throw new IllegalArgumentException("a period must lie in 1ms..1s, was " + periodNs + "ns");
            }
        }
    }

    /**
     * What of a pCPU's time goes to threads that are no vCPUs, as Linux's {@code osnoise} tracer counts it: kernel threads, monitoring,
     * the VMs' own device threads. Each time the scheduler picks anew afterwards, which reshuffles a run queue that otherwise takes
     * equal turns for ever.
     *
     * @param everyNs mean time that vCPUs run on the pCPU per displacement by such a thread, 0 for never
     * @param forNs mean time it then has the pCPU
     */
    public record OsNoise(long everyNs, long forNs) {
        public static final OsNoise NONE = new OsNoise(0, 0);

        private static final long MOST_NS = 3_600_000_000_000L;

        public OsNoise {
            if (everyNs < 0 || forNs < 0 || everyNs > MOST_NS || forNs > MOST_NS || (everyNs == 0) != (forNs == 0)) {
                throw new IllegalArgumentException(
                        "noise lasts some time up to an hour and comes that often, or is none, was " + forNs
                                + "ns every " + everyNs + "ns");
            }
        }
    }
}
