package plescope.replay.policy;

import java.util.List;
import plescope.replay.model.HostModel;
import plescope.replay.policy.PolicySpec.Role;

/**
 * W. Li's IPI-aware directed yield, version 2.
 *
 * <h2>Idea</h2>
 * A vCPU that spins after an IPI waits for its receiver, in whatever mode that was preempted; a vCPU merely woken from halt is
 * nobody's answer.
 *
 * <h2>Modelled</h2>
 * {@link IpiContext} and {@link IpiAwareScan}: unicast IPIs of the last {@code window}, the relaxed second round, the hint
 * about pending interrupts with APICv. An EOI wipes what its own vCPU has sent and yet to be answered, a defect of this
 * version; {@code fixEoi=1} does not. With APICv EOIs are not seen, so a send counts until the window is over.
 *
 * <h2>Not modelled</h2>
 * Several receivers per sender: only the last is kept, as in the patch. Version 1 differs in details not published here.
 *
 * <h2>Source</h2>
 * W. Li, v2 patches 6 to 9, kvm list, 19 December 2025.
 */
final class WlV2IpiPolicy implements Policy {
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

    private final IpiContext ipis;
    private final IpiAwareScan scan;
    private final boolean relaxed;

    WlV2IpiPolicy(ParameterValues values) {
        ipis = new IpiContext(values.get("window"), values.flag("fixEoi"), false);
        scan = new IpiAwareScan(ipis, values.flag("tracking"), P2021Policy.apicv(values));
        relaxed = values.flag("relaxed");
    }

    @Override
    public HostModel host(HostModel host, int vcpus) {
        scan.host(host, vcpus);
        return host;
    }

    @Override
    public void start(HostView host) {
        ipis.start(host);
    }

    @Override
    public int scanRounds() {
        return relaxed ? 2 : 1;
    }

    @Override
    public Verdict judge(VcpuView spinner, VcpuView candidate, ScanStage stage, int round) {
        return scan.judge(spinner, candidate, stage, round);
    }

    @Override
    public void onIpi(VcpuView sender, VcpuView receiver, int receivers, int vector) {
        ipis.onIpi(sender, receiver, receivers, vector);
    }

    @Override
    public void onEoi(VcpuView vcpu, int vector) {
        ipis.onEoi(vcpu, vector);
    }
}
