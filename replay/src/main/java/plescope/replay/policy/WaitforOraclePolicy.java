package plescope.replay.policy;

import java.util.List;
import plescope.replay.policy.PolicySpec.Role;

/**
 * Bound: the true blocker always runs in the spinner's place.
 *
 * <h2>Idea</h2>
 * No policy can choose better than one that knows whom the spinner waits for. Its lead over the baseline is the headroom.
 *
 * <h2>Modelled</h2>
 * Whenever a vCPU spins or is picked to spin, the vCPU it waits for, followed through blockers that spin themselves, takes its
 * pCPU if it is runnable and not running: at no selection cost and without PLE exits, the context switch as usual. The two
 * exchange virtual times, so that the VM gets no more than its share. It is fetched from other run queues; where affinity
 * forbids, it takes its own pCPU from a sibling or from another VM's spinner.
 *
 * <h2>Not modelled</h2>
 * Look-ahead: it does not keep a vCPU on its pCPU because somebody will soon wait for it.
 *
 * <h2>Source</h2>
 * Construction [I]: an upper bound, in the spirit of blocked-time analysis.
 */
final class WaitforOraclePolicy implements Policy {
    static final PolicySpec SPEC = new PolicySpec(
            "waitfor-oracle",
            Role.BOUND,
            "The true blocker runs in the spinner's place",
            "construction",
            List.of(),
            values -> new WaitforOraclePolicy());

    @Override
    public boolean pauseLoopExiting() {
        return false;
    }

    @Override
    public boolean handsOverToBlocker() {
        return true;
    }
}
