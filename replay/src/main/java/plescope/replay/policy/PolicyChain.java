package plescope.replay.policy;

import java.util.List;
import plescope.replay.model.HostModel;

/** Several policies as one, asked in the order of the setting: vetoes add up, the strictest limit counts. */
final class PolicyChain implements Policy {
    private final Policy[] policies;

    PolicyChain(List<Policy> policies) {
        this.policies = policies.toArray(Policy[]::new);
    }

    @Override
    public HostModel host(HostModel host, int vcpus) {
        HostModel shaped = host;
        for (Policy policy : policies) {
            shaped = policy.host(shaped, vcpus);
        }
        return shaped;
    }

    @Override
    public boolean pauseLoopExiting() {
        for (Policy policy : policies) {
            if (!policy.pauseLoopExiting()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean handsOverToBlocker() {
        for (Policy policy : policies) {
            if (policy.handsOverToBlocker()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int yieldTries() {
        int tries = Integer.MAX_VALUE;
        for (Policy policy : policies) {
            tries = Math.min(tries, policy.yieldTries());
        }
        return tries;
    }

    @Override
    public boolean accepts(VcpuView spinner, VcpuView candidate) {
        for (Policy policy : policies) {
            if (!policy.accepts(spinner, candidate)) {
                return false;
            }
        }
        return true;
    }

    /** The first policy that keeps something else than the index decides; settings hold at most one such (an era). */
    @Override
    public int lastBoosted(int index, int offset) {
        for (Policy policy : policies) {
            int kept = policy.lastBoosted(index, offset);
            if (kept != index) {
                return kept;
            }
        }
        return index;
    }

    @Override
    public void beforeYield(RunQueueView queue, EntityView yielder, EntityView target) {
        for (Policy policy : policies) {
            policy.beforeYield(queue, yielder, target);
        }
    }

    @Override
    public void onSchedIn(VcpuView vcpu) {
        for (Policy policy : policies) {
            policy.onSchedIn(vcpu);
        }
    }

    @Override
    public void onSchedOut(VcpuView vcpu) {
        for (Policy policy : policies) {
            policy.onSchedOut(vcpu);
        }
    }

    @Override
    public void onEntry(VcpuView vcpu) {
        for (Policy policy : policies) {
            policy.onEntry(vcpu);
        }
    }

    @Override
    public void onIpi(VcpuView sender, VcpuView receiver) {
        for (Policy policy : policies) {
            policy.onIpi(sender, receiver);
        }
    }

    @Override
    public int selectPcpu(VcpuView woken, int chosen) {
        int pcpu = chosen;
        for (Policy policy : policies) {
            pcpu = policy.selectPcpu(woken, pcpu);
        }
        return pcpu;
    }

    @Override
    public boolean mayPull(VcpuView vcpu, int from, int to) {
        for (Policy policy : policies) {
            if (!policy.mayPull(vcpu, from, to)) {
                return false;
            }
        }
        return true;
    }
}
