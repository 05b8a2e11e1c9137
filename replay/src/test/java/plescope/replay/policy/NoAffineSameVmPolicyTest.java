package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoAffineSameVmPolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "no-affine-same-vm";
    }

    @Test
    void siblingsDoNotAttractOthersDo() {
        Policy policy = Setting.parse("cfs-5.6+no-affine-same-vm").createPolicy();
        FakeVcpu woken = new FakeVcpu(0, 0, 0);
        assertThat(policy.wakesAffine(woken, new FakeVcpu(1, 0, 1))).isFalse();
        assertThat(policy.wakesAffine(woken, new FakeVcpu(2, 1, 0))).isTrue();
        assertThat(policy.wakesAffine(woken, null)).as("an interrupt").isTrue();
    }
}
