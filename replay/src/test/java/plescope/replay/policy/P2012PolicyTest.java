package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class P2012PolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "p2012";
    }

    /** Three scans meet a vCPU parked in on_spin: skip, take, skip; then it leaves the loop and counts as any other. */
    @Test
    void fellowSpinnersAreTakenEverySecondTime() {
        Policy policy = Setting.parse("cfs-5.6+p2012").createPolicy();
        FakeVcpu parked = new FakeVcpu().with("spinLoop");
        assertThat(Judging.accepts(policy, new FakeVcpu(), parked)).isFalse();
        assertThat(Judging.accepts(policy, new FakeVcpu(), parked)).isTrue();
        assertThat(Judging.accepts(policy, new FakeVcpu(), parked)).isFalse();
        assertThat(Judging.accepts(policy, new FakeVcpu(), parked.with())).isTrue();
    }

    @Test
    void triesAreNotLimited() {
        assertThat(Setting.parse("cfs-5.6+p2012").createPolicy().yieldTries()).isEqualTo(Integer.MAX_VALUE);
    }
}
