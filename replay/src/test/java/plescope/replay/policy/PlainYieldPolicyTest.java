package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainYieldPolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "plain-yield";
    }

    @Test
    void aSpinnerYieldsToNobodyInParticular() {
        Policy policy = Setting.parse("cfs-5.6+plain-yield").createPolicy();
        assertThat(policy.spinAnswer()).isEqualTo(SpinAnswer.PLAIN_YIELD);
        assertThat(policy.pauseLoopExiting()).isTrue();
    }
}
