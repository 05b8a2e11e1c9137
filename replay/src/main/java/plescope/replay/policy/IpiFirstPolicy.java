package plescope.replay.policy;

import java.util.List;
import plescope.replay.model.HostModel;
import plescope.replay.policy.PolicySpec.Role;

/**
 * The receiver of the spinner's last IPI before anybody else.
 *
 * <h2>Idea</h2>
 * {@link WlV2IpiPolicy} only accepts the receiver where the round-robin scan happens to meet it; the first acceptable sibling
 * wins. Look the receiver up instead.
 *
 * <h2>Modelled</h2>
 * The vCPU that has yet to answer is judged first, in any mode; then the scan goes its usual way.
 *
 * <h2>Not modelled</h2>
 * Several receivers per sender.
 *
 * <h2>Source</h2>
 * Construction [I], on W. Li's tracking.
 */
final class IpiFirstPolicy implements Policy {
    static final PolicySpec SPEC = new PolicySpec(
                    "ipi-first",
                    Role.YIELD,
                    "Looks up the receiver of the spinner's last IPI before it scans",
                    "construction",
                    List.of(Parameter.duration("window", 50_000_000, 0, 10_000_000_000L, "how long an IPI counts")),
                    values -> new IpiFirstPolicy(values.get("window")))
            .replacing(Rule.SCAN_ORDER);

    private final IpiContext ipis;
    private HostView host;

    IpiFirstPolicy(long windowNs) {
        ipis = new IpiContext(windowNs, true, true);
    }

    @Override
    public HostModel host(HostModel model, int vcpus) {
        ipis.resize(vcpus);
        return model;
    }

    @Override
    public void start(HostView started) {
        host = started;
        ipis.start(started);
    }

    @Override
    public int firstChoice(VcpuView spinner) {
        int receiver = ipis.awaited(spinner);
        return receiver < 0 ? -1 : host.vcpu(receiver).number();
    }

    @Override
    public Verdict judge(VcpuView spinner, VcpuView candidate, ScanStage stage, int round) {
        boolean receiver = stage == ScanStage.MODE && ipis.awaited(spinner) == candidate.index();
        return receiver ? Verdict.PASS : Verdict.UNDECIDED;
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
