package plescope.replay.policy;

import java.util.Arrays;
import java.util.List;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.policy.PolicySpec.Role;

/**
 * Balance scheduling.
 *
 * <h2>Idea</h2>
 * Siblings on one run queue cannot run together. Keep them on different ones, and they will often run at the same time without
 * any gang scheduling.
 *
 * <h2>Modelled</h2>
 * A woken vCPU never goes to a pCPU whose queue holds a sibling, and the balancer never takes it there, while another pCPU it
 * may use holds none; among those the one with the fewest threads, then one that shares a cache with the usual choice, then the
 * lowest number [I]. Where all hold siblings the usual choice stands.
 *
 * <h2>Not modelled</h2>
 * The first placement of threads, which is fork's. Siblings already stacked are parted when they next wake or are balanced.
 *
 * <h2>Source</h2>
 * O. Sukwong and H. Kim, EuroSys'11, doi 10.1145/1966445.1966469.
 */
final class BalancePolicy implements Policy {
    static final PolicySpec SPEC = new PolicySpec(
                    "balance",
                    Role.OTHER,
                    "Siblings never share a run queue while another pCPU holds none",
                    "Sukwong and Kim, EuroSys'11",
                    List.of(),
                    values -> new BalancePolicy())
            .replacing(Rule.PLACEMENT);

    private HostView host;
    private CpuSet[] allowed = {};

    /** Per pCPU, whether its queue holds a sibling of the vCPU asked about last. */
    private boolean[] stacked = {};

    @Override
    public HostModel host(HostModel model, int vcpus) {
        allowed = new CpuSet[vcpus];
        Arrays.setAll(allowed, model::allowedPcpus);
        stacked = new boolean[model.pcpus()];
        return model;
    }

    @Override
    public void start(HostView started) {
        host = started;
    }

    @Override
    public int selectPcpu(VcpuView woken, int chosen) {
        // Threads may be placed before the run has started.
        if (host == null || !findSiblings(woken)[chosen]) {
            return chosen;
        }
        CpuSet pcpus = allowed[woken.index()];
        int best = chosen;
        for (int pcpu = pcpus.first(); pcpu >= 0; pcpu = pcpus.next(pcpu + 1)) {
            if (!stacked[pcpu] && (stacked[best] || better(pcpu, best, chosen))) {
                best = pcpu;
            }
        }
        return best;
    }

    private boolean better(int pcpu, int best, int chosen) {
        int fewer = host.queue(pcpu).nrRunning() - host.queue(best).nrRunning();
        return fewer < 0
                || (fewer == 0
                        && host.topology().shareCache(pcpu, chosen)
                        && !host.topology().shareCache(best, chosen));
    }

    @Override
    public boolean mayPull(VcpuView vcpu, int from, int to) {
        return host == null || !findSiblings(vcpu)[to] || !anyFree(allowed[vcpu.index()]);
    }

    private boolean anyFree(CpuSet pcpus) {
        for (int pcpu = pcpus.first(); pcpu >= 0; pcpu = pcpus.next(pcpu + 1)) {
            if (!stacked[pcpu]) {
                return true;
            }
        }
        return false;
    }

    private boolean[] findSiblings(VcpuView vcpu) {
        Arrays.fill(stacked, false);
        for (int i = 0; i < host.vcpus(); i++) {
            VcpuView other = host.vcpu(i);
            if (other.vm() == vcpu.vm() && other.index() != vcpu.index() && other.runnable()) {
                stacked[other.pcpu()] = true;
            }
        }
        return stacked;
    }
}
