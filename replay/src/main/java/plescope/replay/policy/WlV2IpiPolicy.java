package plescope.replay.policy;

import java.util.List;
import plescope.replay.policy.PolicySpec.Role;

/**
 * W. Li's IPI-aware directed yield, version 2.
 *
 * <h2>Idea</h2>
 * A vCPU that spins after an IPI waits for its receiver, in whatever mode that was preempted; a vCPU merely woken from halt is
 * nobody's answer.
 *
 * <h2>Modelled</h2>
 * {@link IpiContext} and {@link IpiAwarePolicy}: unicast IPIs of the last {@code window}, the relaxed second round, the hint
 * about pending interrupts with APICv. An EOI wipes what its own vCPU has sent and yet to be answered, a defect of this
 * version; {@code fixEoi=1} does not. With APICv EOIs are not seen, so a send counts until the window is over.
 *
 * <h2>Not modelled</h2>
 * Several receivers per sender: only the last is kept, as in the patch. Version 1 differs in details not published here.
 *
 * <h2>Source</h2>
 * W. Li, v2 patches 6 to 9, kvm list, 19 December 2025.
 */
final class WlV2IpiPolicy extends IpiAwarePolicy {
    static final PolicySpec SPEC = new PolicySpec(
                    "wl-v2-ipi",
                    Role.YIELD,
                    "The receiver of the spinner's last IPI is a good candidate in any mode",
                    "W. Li v2, December 2025",
                    List.of(
                            Parameter.flag("tracking", true, "ipi_tracking_enabled"),
                            Parameter.duration("window", 50_000_000, 0, 10_000_000_000L, "how long an IPI counts"),
                            Parameter.flag("relaxed", true, "a second round takes any preempted sibling"),
                            Parameter.flag("fixEoi", false, "1 keeps the receiver's own send at its EOI"),
                            P2021Policy.APICV),
                    WlV2IpiPolicy::new)
            .replacing(Rule.MODE_TEST);

    WlV2IpiPolicy(ParameterValues values) {
        super(
                new IpiContext(values.get("window"), values.flag("fixEoi"), false),
                values.flag("tracking"),
                values.flag("relaxed"),
                P2021Policy.apicv(values));
    }
}
