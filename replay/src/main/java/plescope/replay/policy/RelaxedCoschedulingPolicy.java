package plescope.replay.policy;

import java.util.List;
import plescope.replay.model.HostModel;
import plescope.replay.policy.PolicySpec.Role;

/**
 * Relaxed co-scheduling, as in ESX.
 *
 * <h2>Idea</h2>
 * Siblings need not run together all the time, as long as none falls far behind: those ahead wait for the laggards.
 *
 * <h2>Modelled</h2>
 * A vCPU lags a sibling by the time it has waited more for a pCPU, the wait under way included. While a sibling that waits for a pCPU lags it by more than
 * {@code skew}, a vCPU is stopped: others of its pCPU go first, laggards before all. It still runs where nobody else could.
 *
 * <h2>Not modelled</h2>
 * Idle leaders: ESX leaves a pCPU idle rather than run a stopped vCPU [R]. Siblings that sleep do not lag.
 *
 * <h2>Source</h2>
 * VMware, The CPU Scheduler in ESX 4.1 and later papers [R].
 */
final class RelaxedCoschedulingPolicy implements Policy {
    static final PolicySpec SPEC = new PolicySpec(
                    "relaxed-coscheduling",
                    Role.OTHER,
                    "vCPUs ahead of a waiting sibling wait for it",
                    "VMware ESX",
                    List.of(Parameter.duration("skew", 3_000_000, 100_000, 1_000_000_000, "most a sibling may lag")),
                    values -> new RelaxedCoschedulingPolicy(values.get("skew")))
            .replacing(Rule.PICK);

    private final long skewNs;
    private HostView host;

    /** Per vCPU, when it last began to wait or to sleep. */
    private long[] offSinceNs = {};

    RelaxedCoschedulingPolicy(long skewNs) {
        this.skewNs = skewNs;
    }

    @Override
    public HostModel host(HostModel model, int vcpus) {
        offSinceNs = new long[vcpus];
        return model;
    }

    @Override
    public void start(HostView started) {
        host = started;
    }

    @Override
    public int pick(int pcpu, int picked, int running) {
        if (picked < 0 || !stopped(host.vcpu(picked))) {
            return picked;
        }
        int best = -1;
        for (int v = 0; v < host.vcpus(); v++) {
            VcpuView vcpu = host.vcpu(v);
            boolean here = vcpu.runnable() && vcpu.pcpu() == pcpu;
            if (here && !stopped(vcpu) && (best < 0 || waitedNs(vcpu) > waitedNs(host.vcpu(best)))) {
                best = v;
            }
        }
        return best < 0 ? picked : best;
    }

    private boolean stopped(VcpuView leader) {
        for (int v = 0; v < host.vcpus(); v++) {
            VcpuView sibling = host.vcpu(v);
            if (sibling.vm() == leader.vm()
                    && sibling.runnable()
                    && !sibling.running()
                    && waitedNs(sibling) - waitedNs(leader) > skewNs) {
                return true;
            }
        }
        return false;
    }

    /** Steal time counts a wait once it is over. */
    private long waitedNs(VcpuView vcpu) {
        boolean waits = vcpu.runnable() && !vcpu.running();
        return vcpu.stealNs() + (waits ? host.now() - offSinceNs[vcpu.index()] : 0);
    }

    @Override
    public void onSchedOut(VcpuView vcpu) {
        offSinceNs[vcpu.index()] = now();
    }

    /** A wake-up: the wait begins here. */
    @Override
    public int selectPcpu(VcpuView woken, int chosen) {
        offSinceNs[woken.index()] = now();
        return chosen;
    }

    /** Threads may be placed before the run has started. */
    private long now() {
        return host == null ? 0 : host.now();
    }

    @Override
    public void onTick(int pcpu) {
        int running = host.queue(pcpu).running();
        if (running >= 0 && pick(pcpu, running, running) != running) {
            host.resched(pcpu);
        }
    }
}
