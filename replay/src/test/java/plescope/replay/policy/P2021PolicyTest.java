package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class P2021PolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "p2021";
    }

    @Test
    void aPendingInterruptWaivesTheKernelModeTestOnlyWithApicv() {
        FakeVcpu receiver = new FakeVcpu().with("ready", "preempted", "pending");
        assertThat(Judging.accepts(Setting.parse("cfs-6.1+p2021{apicv=1}").createPolicy(), new FakeVcpu(), receiver))
                .isTrue();
        assertThat(Judging.accepts(Setting.parse("cfs-6.1+" + policy()).createPolicy(), new FakeVcpu(), receiver))
                .isFalse();
    }
}
