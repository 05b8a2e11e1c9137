package plescope.replay.kvm;

import plescope.replay.model.HostModel.Kvm;
import plescope.replay.policy.SchedulerVersion;

/** One vCPU's {@code halt_poll_ns}: how long a halt keeps its pCPU in the hope of a quick wake-up. */
public final class HaltPolling {
    private final Kvm parameters;
    private final int shrink;
    private long pollNs;

    /** Takes KVM's module parameters; where they leave {@code halt_poll_ns_shrink} open, the kernel's own counts. */
    public HaltPolling(Kvm parameters, SchedulerVersion kernel) {
        this.parameters = parameters;
        this.shrink = parameters.haltPollShrink() < 0 ? kernelsShrink(kernel) : parameters.haltPollShrink();
    }

    /** 0 until 6.10, 2 since 6.11 [K]. */
    private static int kernelsShrink(SchedulerVersion kernel) {
        return kernel.compareTo(SchedulerVersion.EEVDF_6_12) < 0 ? 0 : 2;
    }

    public long ns() {
        return pollNs;
    }

    /** Adapts to a halt that lasted {@code haltNs}, polling included: the end of {@code kvm_vcpu_halt}. */
    public void halted(long haltNs) {
        long most = parameters.haltPollNs();
        if (haltNs <= pollNs) {
            return;
        }
        if (pollNs > 0 && haltNs > most) {
            pollNs = shrunk();
        } else if (pollNs < most && haltNs < most) {
            grow(most);
        }
    }

    /** {@code grow_halt_poll_ns}; a factor of 0 never grows. */
    private void grow(long most) {
        if (parameters.haltPollGrow() > 0) {
            pollNs = Math.min(most, Math.max(pollNs * parameters.haltPollGrow(), parameters.haltPollGrowStartNs()));
        }
    }

    /** {@code shrink_halt_poll_ns}: a divisor of 0 resets. */
    private long shrunk() {
        long result = shrink == 0 ? 0 : pollNs / shrink;
        return result < parameters.haltPollGrowStartNs() ? 0 : result;
    }
}
