package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class P2013PolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "p2013";
    }

    @Test
    void onlyPreemptedSiblingsCountInWhateverMode() {
        Policy policy = Setting.parse("cfs-5.6+p2013").createPolicy();
        FakeVcpu spinner = new FakeVcpu();
        assertThat(Judging.accepts(policy, spinner, new FakeVcpu().with("ready")))
                .as("woken from halt")
                .isFalse();
        assertThat(Judging.accepts(policy, spinner, new FakeVcpu().with("preempted")))
                .as("user mode")
                .isTrue();
        assertThat(policy.yieldTries()).isEqualTo(3);
    }

    @Test
    void theBooleanYieldToIsASwitch() {
        assertThat(Setting.parse("cfs-5.6+p2013").createPolicy().takesFailureForSuccess())
                .isFalse();
        assertThat(Setting.parse("cfs-5.6+p2013{esrchAsSuccess=1}")
                        .createPolicy()
                        .takesFailureForSuccess())
                .isTrue();
    }
}
