package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class P2011PolicyTest extends PolicyContract {
    @Override
    String setting() {
        return "cfs-6.1+p2011";
    }

    @Test
    void takesAnySiblingThatIsNotRunningNorHalted() {
        Policy policy = Setting.parse(setting()).createPolicy();
        assertThat(policy.accepts(new FakeVcpu(), new FakeVcpu())).isTrue();
        assertThat(policy.accepts(new FakeVcpu(), new FakeVcpu().with("running")))
                .isFalse();
        assertThat(policy.accepts(new FakeVcpu(), new FakeVcpu().with("blocking")))
                .isFalse();
    }
}
