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
    public void start(HostView host) {
        for (Policy policy : policies) {
            policy.start(host);
        }
    }

    @Override
    public int pleWindow(VcpuView vcpu, int base) {
        int window = base;
        for (Policy policy : policies) {
            window = policy.pleWindow(vcpu, window);
        }
        return window;
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

    /** Settings hold at most one policy that answers otherwise than by a directed yield. */
    @Override
    public SpinAnswer spinAnswer() {
        for (Policy policy : policies) {
            if (policy.spinAnswer() != SpinAnswer.DIRECTED_YIELD) {
                return policy.spinAnswer();
            }
        }
        return SpinAnswer.DIRECTED_YIELD;
    }

    @Override
    public long spinSleepNs() {
        long longest = 0;
        for (Policy policy : policies) {
            longest = Math.max(longest, policy.spinSleepNs());
        }
        return longest;
    }

    @Override
    public boolean takesFailureForSuccess() {
        for (Policy policy : policies) {
            if (policy.takesFailureForSuccess()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int scanRounds() {
        int rounds = 1;
        for (Policy policy : policies) {
            rounds = Math.max(rounds, policy.scanRounds());
        }
        return rounds;
    }

    /** The policy named last that has a choice decides. */
    @Override
    public int firstChoice(VcpuView spinner) {
        for (int i = policies.length - 1; i >= 0; i--) {
            int choice = policies[i].firstChoice(spinner);
            if (choice >= 0) {
                return choice;
            }
        }
        return -1;
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
    public Verdict judge(VcpuView spinner, VcpuView candidate, ScanStage stage, int round) {
        for (int i = policies.length - 1; i >= 0; i--) {
            Verdict verdict = policies[i].judge(spinner, candidate, stage, round);
            if (verdict != Verdict.UNDECIDED) {
                return verdict;
            }
        }
        return Verdict.PASS;
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
    public void onYieldTo(VcpuView spinner, VcpuView target) {
        for (Policy policy : policies) {
            policy.onYieldTo(spinner, target);
        }
    }

    @Override
    public void afterYield(RunQueueView queue, EntityView yielder, EntityView target) {
        for (Policy policy : policies) {
            policy.afterYield(queue, yielder, target);
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
    public void onIpi(VcpuView sender, VcpuView receiver, int receivers, int vector) {
        for (Policy policy : policies) {
            policy.onIpi(sender, receiver, receivers, vector);
        }
    }

    @Override
    public void onEoi(VcpuView vcpu, int vector) {
        for (Policy policy : policies) {
            policy.onEoi(vcpu, vector);
        }
    }

    @Override
    public boolean wakesAffine(VcpuView woken, VcpuView waker) {
        for (Policy policy : policies) {
            if (!policy.wakesAffine(woken, waker)) {
                return false;
            }
        }
        return true;
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

    @Override
    public int pick(int pcpu, int picked, int running) {
        int pick = picked;
        for (Policy policy : policies) {
            pick = policy.pick(pcpu, pick, running);
        }
        return pick;
    }

    @Override
    public long quantumNs(int pcpu) {
        long shortest = 0;
        for (Policy policy : policies) {
            long quantum = policy.quantumNs(pcpu);
            shortest = shortest == 0 || (quantum > 0 && quantum < shortest) ? quantum : shortest;
        }
        return shortest;
    }

    @Override
    public void onTick(int pcpu) {
        for (Policy policy : policies) {
            policy.onTick(pcpu);
        }
    }

    /** Settings hold at most one policy with a timer. */
    @Override
    public long timerPeriodNs() {
        long period = 0;
        for (Policy policy : policies) {
            period = Math.max(period, policy.timerPeriodNs());
        }
        return period;
    }

    @Override
    public void onTimer() {
        for (Policy policy : policies) {
            policy.onTimer();
        }
    }

    @Override
    public boolean guestPrefers(VcpuView vcpu) {
        for (Policy policy : policies) {
            if (!policy.guestPrefers(vcpu)) {
                return false;
            }
        }
        return true;
    }
}
