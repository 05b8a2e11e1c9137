package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoAffineVcpuPolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "no-affine-vcpu";
    }

    @Test
    void nobodyAttractsAWokenVcpu() {
        Policy policy = Setting.parse("cfs-5.6+no-affine-vcpu").createPolicy();
        assertThat(policy.wakesAffine(new FakeVcpu(0, 0, 0), new FakeVcpu(1, 0, 1)))
                .isFalse();
        assertThat(policy.wakesAffine(new FakeVcpu(0, 0, 0), null)).isFalse();
    }
}
