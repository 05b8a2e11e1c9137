package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdaptivePleWindowPolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "adaptive-ple-window";
    }

    private static final String SETTING = "cfs-5.6+adaptive-ple-window";

    private final FakeHost host = FakeHost.of(2, 2, 3);

    private void exits(Policy policy, int count) {
        for (int i = 0; i < count; i++) {
            policy.firstChoice(host.vcpu(0));
        }
        policy.onTimer();
    }

    /**
     * At 4096 cycles of 0.5 ns an exit costs 2.048 + 3 us. 100 exits (505 us) against none before: the direction turns down.
     * 2048: 150 exits of 4.024 us are 604 us, worse: up again. 4096: 100 exits, better: on to 8192.
     */
    @Test
    void theWindowGoesOnWhileTheCostFalls() {
        Policy policy = host.start(SETTING);
        assertThat(policy.pleWindow(host.vcpu(0), 4096)).isEqualTo(4096);
        exits(policy, 100);
        assertThat(policy.pleWindow(host.vcpu(0), 4096)).isEqualTo(2048);
        exits(policy, 150);
        assertThat(policy.pleWindow(host.vcpu(0), 4096)).isEqualTo(4096);
        exits(policy, 100);
        assertThat(policy.pleWindow(host.vcpu(1), 4096)).as("the whole VM's").isEqualTo(8192);
        assertThat(policy.pleWindow(host.vcpu(3), 4096)).as("the other VM's").isEqualTo(4096);
        policy.onTimer();
        assertThat(policy.pleWindow(host.vcpu(0), 4096)).as("no exits, no step").isEqualTo(8192);
    }

    @Test
    void theWindowStaysWithinItsBounds() {
        Policy policy = host.start("cfs-5.6+adaptive-ple-window{down=1,up=1}");
        for (int exits = 100; exits > 0; exits--) {
            exits(policy, exits);
            assertThat(policy.pleWindow(host.vcpu(0), 4096)).isBetween(2048, 8192);
        }
    }

    /** The window of 2.048 us began at 7.952 us. */
    @Test
    void theLongestPreemptedSiblingFromBeforeTheSpinIsFirst() {
        Policy policy = host.start(SETTING);
        host.now = 10_000;
        host.vcpu(1).with("preempted").preemptedSinceNs = 7_953;
        assertThat(policy.firstChoice(host.vcpu(0))).as("preempted since").isEqualTo(-1);
        host.vcpu(1).preemptedSinceNs = 7_952;
        assertThat(policy.firstChoice(host.vcpu(0))).isEqualTo(1);
        host.vcpu(2).with("preempted").preemptedSinceNs = 5_000;
        assertThat(policy.firstChoice(host.vcpu(0))).isEqualTo(2);
        host.vcpu(4).with("preempted").preemptedSinceNs = 1_000;
        assertThat(policy.firstChoice(host.vcpu(0))).as("another VM's").isEqualTo(2);
        assertThat(host.start(SETTING + "{causal=0}").firstChoice(host.vcpu(0))).isEqualTo(-1);
    }
}
