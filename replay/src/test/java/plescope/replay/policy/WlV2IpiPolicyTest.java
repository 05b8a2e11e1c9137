package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WlV2IpiPolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "wl-v2-ipi";
    }

    private final FakeHost host = FakeHost.of(2, 1, 4);
    private final FakeVcpu spinner = host.vcpu(0);

    private static Verdict mode(Policy policy, VcpuView spinner, VcpuView candidate, int round) {
        return policy.judge(spinner, candidate, ScanStage.MODE, round);
    }

    @Test
    void aReceiverIsGoodInAnyModeAndAWokenStrangerIsNot() {
        Policy policy = host.start("eevdf-6.19rc1+wl-v2-ipi");
        FakeVcpu user = host.vcpu(1).with("ready", "preempted");
        FakeVcpu woken = host.vcpu(2).with("ready");
        assertThat(mode(policy, spinner, user, 0)).isEqualTo(Verdict.SKIP);
        policy.onIpi(spinner, user, 1, 0xfb);
        assertThat(mode(policy, spinner, user, 0)).isEqualTo(Verdict.PASS);
        assertThat(mode(policy, host.vcpu(3), user, 0)).as("another's receiver").isEqualTo(Verdict.SKIP);
        assertThat(mode(policy, spinner, woken, 0)).isEqualTo(Verdict.SKIP);
        assertThat(mode(policy, spinner, woken.with("ready", "preempted", "inKernel"), 0))
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void theSecondRoundTakesWhoeverIsPreempted() {
        Policy policy = host.start("eevdf-6.19rc1+wl-v2-ipi");
        assertThat(policy.scanRounds()).isEqualTo(2);
        assertThat(mode(policy, spinner, host.vcpu(1).with("ready", "preempted"), 1))
                .isEqualTo(Verdict.PASS);
        assertThat(mode(policy, spinner, host.vcpu(2).with("ready"), 1)).isEqualTo(Verdict.SKIP);
        assertThat(host.start("eevdf-6.19rc1+wl-v2-ipi{relaxed=0}").scanRounds())
                .isEqualTo(1);
    }

    @Test
    void withoutTrackingOnlyModeAndHintCount() {
        Policy blind = host.start("eevdf-6.19rc1+wl-v2-ipi{tracking=0}");
        FakeVcpu user = host.vcpu(1).with("ready", "preempted", "pending");
        blind.onIpi(spinner, user, 1, 0xfb);
        assertThat(mode(blind, spinner, user, 0)).isEqualTo(Verdict.SKIP);
        assertThat(mode(host.start("eevdf-6.19rc1+wl-v2-ipi{tracking=0,apicv=1}"), spinner, user, 0))
                .isEqualTo(Verdict.PASS);
    }
}
