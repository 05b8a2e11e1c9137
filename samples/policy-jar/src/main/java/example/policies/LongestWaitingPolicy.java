package example.policies;

import java.util.List;
import plescope.replay.policy.HostView;
import plescope.replay.policy.Parameter;
import plescope.replay.policy.Policy;
import plescope.replay.policy.PolicySpec;
import plescope.replay.policy.PolicySpec.Role;
import plescope.replay.policy.Rule;
import plescope.replay.policy.VcpuView;

/**
 * Looks first at the sibling that has been without a pCPU for the longest time.
 *
 * <h2>Idea</h2>
 * Whoever was preempted long ago is the likeliest to keep others waiting by now.
 *
 * <h2>Modelled</h2>
 * The order of the scan alone: the sibling chosen must still pass the era's own tests, and where it does not, or nobody has waited
 * long enough, the scan goes on as always.
 *
 * <h2>Not modelled</h2>
 * What it costs a kernel to know.
 *
 * <h2>Source</h2>
 * Made up as an example.
 */
final class LongestWaitingPolicy implements Policy {
    static final PolicySpec SPEC = new PolicySpec(
                    "longest-waiting",
                    Role.YIELD,
                    "Looks first at the sibling that was preempted longest ago",
                    "an example",
                    List.of(Parameter.duration("after", 1_000_000, 0, 1_000_000_000, "shorter waits do not count")),
                    values -> new LongestWaitingPolicy(values.get("after")))
            .replacing(Rule.SCAN_ORDER);

    private final long afterNs;
    private HostView host;

    LongestWaitingPolicy(long afterNs) {
        this.afterNs = afterNs;
    }

    @Override
    public void start(HostView started) {
        host = started;
    }

    @Override
    public int firstChoice(VcpuView spinner) {
        int choice = -1;
        long since = host.now() - afterNs;
        for (int v = 0; v < host.vcpus(); v++) {
            VcpuView sibling = host.vcpu(v);
            boolean waits = sibling.vm() == spinner.vm() && sibling.preempted();
            if (waits && sibling.preemptedSinceNs() < since) {
                choice = sibling.number();
                since = sibling.preemptedSinceNs();
            }
        }
        return choice;
    }
}
