package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IpiFirstPolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "ipi-first";
    }

    @Test
    void theReceiverIsLookedUpAndGoodInAnyMode() {
        FakeHost host = FakeHost.of(2, 2, 3);
        Policy policy = host.start("eevdf-6.12+ipi-first");
        FakeVcpu spinner = host.vcpu(3);
        FakeVcpu receiver = host.vcpu(5).with("ready", "preempted");
        assertThat(policy.firstChoice(spinner)).isEqualTo(-1);
        policy.onIpi(spinner, receiver, 1, 0xfb);
        assertThat(policy.firstChoice(spinner)).as("number in its VM").isEqualTo(2);
        assertThat(Judging.accepts(policy, spinner, receiver)).isTrue();
        assertThat(Judging.accepts(policy, spinner, host.vcpu(4).with("ready", "preempted")))
                .as("the era's kernel-mode test")
                .isFalse();
        policy.onEoi(receiver, 0xfb);
        assertThat(policy.firstChoice(spinner)).isEqualTo(-1);
    }

    @Test
    void goesWithTheTrackingScan() {
        assertThat(Setting.parse("eevdf-6.19rc1+wl-v2-deboost+wl-v2-ipi+ipi-first"))
                .hasToString("eevdf-6.19rc1+p2024+wl-v2-deboost+wl-v2-ipi+ipi-first");
    }
}
