package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class P2019PolicyTest extends PolicyContract {
    @Override
    String setting() {
        return "cfs-5.6+p2019";
    }

    @Test
    void takesReadyVcpusInKernelMode() {
        Policy policy = Setting.parse(setting()).createPolicy();
        FakeVcpu spinner = new FakeVcpu();
        assertThat(policy.accepts(spinner, new FakeVcpu())).as("not ready").isFalse();
        assertThat(policy.accepts(spinner, new FakeVcpu().with("ready")))
                .as("woken from halt")
                .isTrue();
        assertThat(policy.accepts(spinner, new FakeVcpu().with("ready", "preempted")))
                .as("preempted in user mode")
                .isFalse();
        assertThat(policy.accepts(spinner, new FakeVcpu().with("ready", "preempted", "inKernel")))
                .isTrue();
        assertThat(policy.yieldTries()).isEqualTo(3);
    }
}
