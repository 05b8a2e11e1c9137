package plescope.replay.policy;

import java.util.List;
import plescope.replay.policy.PolicySpec.Role;

/**
 * {@code kvm_vcpu_on_spin} of 2.6.33 to 2.6.38: sleep.
 *
 * <h2>Idea</h2>
 * A spinner gives its pCPU away for a fixed time, to whomever the scheduler likes, other VMs included.
 *
 * <h2>Modelled</h2>
 * No candidate is looked for. The vCPU blocks on an absolute timer of 100 us; an interrupt for it ends the sleep early.
 *
 * <h2>Not modelled</h2>
 * Signals of the VMM.
 *
 * <h2>Source</h2>
 * Linux 2.6.33 {@code kvm_vcpu_on_spin} [K]; E. Zhai, PLE support, kvm list 2009 [R].
 */
final class P2009Policy implements Policy {
    static final PolicySpec SPEC = new PolicySpec(
                    "p2009",
                    Role.NO_YIELD,
                    "PLE sleep: a spinner sleeps 100 us; also called ple-sleep",
                    "Linux 2.6.33",
                    List.of(Parameter.duration("sleep", 100_000, 1_000, 10_000_000, "how long a spinner sleeps")),
                    values -> new P2009Policy(values.get("sleep")))
            .alsoCalled("ple-sleep");

    private final long sleepNs;

    P2009Policy(long sleepNs) {
        this.sleepNs = sleepNs;
    }

    @Override
    public SpinAnswer spinAnswer() {
        return SpinAnswer.SLEEP;
    }

    @Override
    public long spinSleepNs() {
        return sleepNs;
    }
}
