package plescope.replay.policy;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.Topology;
import plescope.replay.policy.PolicySpec.Role;

/**
 * Bound: a pCPU per vCPU.
 *
 * <h2>Idea</h2>
 * What the guests would do if nobody were ever preempted.
 *
 * <h2>Modelled</h2>
 * As many pCPUs as vCPUs, vCPU i pinned to pCPU i, host costs unchanged. PLE stays off: there is nobody to yield to.
 *
 * <h2>Not modelled</h2>
 * Caches and memory bandwidth of a machine that large.
 *
 * <h2>Source</h2>
 * Construction [I].
 */
final class DedicatedPolicy implements Policy {
    static final PolicySpec SPEC = new PolicySpec(
            "dedicated",
            Role.BOUND,
            "A pCPU for every vCPU",
            "construction",
            List.of(),
            values -> new DedicatedPolicy());

    @Override
    public HostModel host(HostModel host, int vcpus) {
        List<CpuSet> pins = new ArrayList<>();
        for (int vcpu = 0; vcpu < vcpus; vcpu++) {
            pins.add(CpuSet.of(vcpu));
        }
        return host.on(Topology.flat(vcpus), pins);
    }

    @Override
    public boolean pauseLoopExiting() {
        return false;
    }
}
