package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class P2011PolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "p2011";
    }

    @Test
    void takesAnySiblingThatIsNotRunningNorHalted() {
        Policy policy = Setting.parse("cfs-6.1+" + policy()).createPolicy();
        assertThat(Judging.accepts(policy, new FakeVcpu(), new FakeVcpu())).isTrue();
        assertThat(Judging.accepts(policy, new FakeVcpu(), new FakeVcpu().with("running")))
                .isFalse();
        assertThat(Judging.accepts(policy, new FakeVcpu(), new FakeVcpu().with("blocking")))
                .isFalse();
    }
}
