package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class P2009PolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "p2009";
    }

    @Test
    void aSpinnerSleepsAHundredMicroseconds() {
        Policy policy = Setting.parse("cfs-5.6+p2009").createPolicy();
        assertThat(policy.spinAnswer()).isEqualTo(SpinAnswer.SLEEP);
        assertThat(policy.spinSleepNs()).isEqualTo(100_000);
        assertThat(Setting.parse("cfs-5.6+p2009{sleep=1ms}").createPolicy().spinSleepNs())
                .isEqualTo(1_000_000);
    }

    @Test
    void itsOtherNamePrintsCanonically() {
        assertThat(Setting.parse("cfs-5.6+ple-sleep{sleep=50us}")).hasToString("cfs-5.6+p2009{sleep=50us}");
    }
}
