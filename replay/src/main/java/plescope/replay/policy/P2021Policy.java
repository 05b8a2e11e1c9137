package plescope.replay.policy;

import java.util.List;
import plescope.replay.model.HostModel;
import plescope.replay.model.Tristate;
import plescope.replay.policy.PolicySpec.Role;

/**
 * {@code kvm_vcpu_on_spin} of 5.13 to 6.11.
 *
 * <h2>Idea</h2>
 * A vCPU preempted in user mode is worth boosting too if an interrupt waits for it: the spinner may wait for its handler.
 *
 * <h2>Modelled</h2>
 * {@link P2019Policy} with the kernel-mode test waived on a pending interrupt. x86 knows of one with APICv only, so the machine
 * decides; {@code apicv=0} and {@code apicv=1} overrule it for this test alone. Without APICv equal to {@link P2019Policy}.
 *
 * <h2>Not modelled</h2>
 * As {@link P2019Policy}.
 *
 * <h2>Source</h2>
 * Linux 5.13 {@code kvm_arch_dy_has_pending_interrupt}, 52acd22faa1a [K]; W. Li, kvm list, April 2021.
 */
class P2021Policy extends P2019Policy {
    static final Parameter APICV =
            Parameter.autoFlag("apicv", "whether pending interrupts are seen and waive the kernel-mode test");

    static final PolicySpec SPEC = new PolicySpec(
            "p2021",
            Role.ERA,
            "p2019, and a pending interrupt makes a user-mode sibling acceptable",
            "Linux 5.13",
            List.of(APICV),
            values -> new P2021Policy(apicv(values)));

    private final Tristate given;
    private boolean apicv;

    /** Takes UNKNOWN for what the machine has. */
    P2021Policy(Tristate apicv) {
        this.given = apicv;
        this.apicv = apicv == Tristate.YES;
    }

    /** The parameter {@link #APICV}. */
    static Tristate apicv(ParameterValues values) {
        return values.get(APICV.name()) == Parameter.AUTO ? Tristate.UNKNOWN : Tristate.of(values.flag(APICV.name()));
    }

    @Override
    public final HostModel host(HostModel host, int vcpus) {
        apicv = given == Tristate.UNKNOWN ? host.kvm().apicv() : given == Tristate.YES;
        return host;
    }

    @Override
    final boolean usefulMode(VcpuView candidate) {
        return (apicv && candidate.pendingInterrupt()) || super.usefulMode(candidate);
    }
}
