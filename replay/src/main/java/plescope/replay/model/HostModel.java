package plescope.replay.model;

import java.util.List;

/**
 * The simulated machine: how many pCPUs, what host work costs, and how its PLE hardware counts.
 *
 * @param pcpus number of pCPUs, one LLC, no SMT
 * @param allowed per dense vCPU index, the pCPUs its thread may use (bit i = pCPU i); vCPUs beyond the list may use all
 * @param home per dense vCPU index, the pCPU its thread starts on, -1 for wherever fork would place it; vCPUs beyond the list
 *     likewise. Equal loads keep threads where they are, so the start decides for seconds who shares a run queue with whom
 * @param hz scheduler ticks per second (CONFIG_HZ)
 */
public record HostModel(int pcpus, List<Long> allowed, List<Integer> home, int hz, HostCosts costs, PleHardware ple) {
    /** A machine whose threads start wherever fork places them. */
    public HostModel(int pcpus, List<Long> allowed, int hz, HostCosts costs, PleHardware ple) {
        this(pcpus, allowed, List.of(), hz, costs, ple);
    }

    public HostModel {
        allowed = List.copyOf(allowed);
        home = List.copyOf(home);
        if (pcpus < 1 || pcpus > 64) {
            throw new IllegalArgumentException("pcpus must lie in 1..64, was " + pcpus);
        }
        if (hz < 10 || hz > 10_000) {
            throw new IllegalArgumentException("hz must lie in 10..10000, was " + hz);
        }
    }

    /** pCPUs the vCPU may use, as a bit mask within this machine. */
    public long allowedMask(int vcpu) {
        long all = pcpus == 64 ? -1L : (1L << pcpus) - 1;
        long mask = vcpu < allowed.size() ? allowed.get(vcpu) & all : all;
        return mask == 0 ? all : mask;
    }

    /** The pCPU the vCPU's thread starts on, -1 where that is left to fork. */
    public int startPcpu(int vcpu) {
        int pcpu = vcpu < home.size() ? home.get(vcpu) : -1;
        return pcpu >= 0 && pcpu < pcpus && (allowedMask(vcpu) >> pcpu & 1) != 0 ? pcpu : -1;
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
     */
    public record HostCosts(
            long exitNs,
            long pauseExitNs,
            long switchOutNs,
            long switchInNs,
            long tickNs,
            long reschedIpiNs,
            long ackNs) {
        /** What such work costs on a machine of today [R]. */
        public static final HostCosts DEFAULT = new HostCosts(700, 3_000, 2_000, 2_000, 1_500, 1_500, 2_000);

        /** All costs times {@code factor}, for sensitivity runs. */
        public HostCosts scaled(double factor) {
            return new HostCosts(
                    Math.round(exitNs * factor),
                    Math.round(pauseExitNs * factor),
                    Math.round(switchOutNs * factor),
                    Math.round(switchInNs * factor),
                    Math.round(tickNs * factor),
                    Math.round(reschedIpiNs * factor),
                    Math.round(ackNs * factor));
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

        /** Guest time until a loop of this window exits. */
        public long windowNs(long windowUnits) {
            return windowUnits * unitPicos / 1000;
        }
    }
}
