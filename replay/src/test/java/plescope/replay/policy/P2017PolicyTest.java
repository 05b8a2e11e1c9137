package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class P2017PolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "p2017";
    }

    @Test
    void onlySiblingsPreemptedInKernelModeCount() {
        Policy policy = Setting.parse("cfs-5.6+p2017").createPolicy();
        FakeVcpu spinner = new FakeVcpu();
        assertThat(Judging.accepts(policy, spinner, new FakeVcpu().with("preempted")))
                .isFalse();
        assertThat(Judging.accepts(policy, spinner, new FakeVcpu().with("preempted", "inKernel")))
                .isTrue();
        assertThat(Judging.accepts(
                        policy, spinner, new FakeVcpu().with("preempted", "inKernel", "blocking", "pending")))
                .as("asleep; an interrupt does not count yet")
                .isFalse();
    }
}
