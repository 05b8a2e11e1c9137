package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class P2019PolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "p2019";
    }

    @Test
    void takesReadyVcpusInKernelMode() {
        Policy policy = Setting.parse("cfs-6.1+" + policy()).createPolicy();
        FakeVcpu spinner = new FakeVcpu();
        assertThat(Judging.accepts(policy, spinner, new FakeVcpu()))
                .as("not ready")
                .isFalse();
        assertThat(Judging.accepts(policy, spinner, new FakeVcpu().with("ready")))
                .as("woken from halt")
                .isTrue();
        assertThat(Judging.accepts(policy, spinner, new FakeVcpu().with("ready", "preempted")))
                .as("preempted in user mode")
                .isFalse();
        assertThat(Judging.accepts(policy, spinner, new FakeVcpu().with("ready", "preempted", "inKernel")))
                .isTrue();
        assertThat(policy.yieldTries()).isEqualTo(3);
    }
}
