package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Paolo2passPolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "paolo-2pass";
    }

    @Test
    void userModeSiblingsWithAnInterruptComeInTheSecondPass() {
        Policy policy = Setting.parse("cfs-5.6+paolo-2pass").createPolicy();
        assertThat(policy.scanRounds()).isEqualTo(2);
        assertThat(verdicts(policy, "ready", "preempted", "inKernel")).isEqualTo("PASS SKIP");
        assertThat(verdicts(policy, "ready")).isEqualTo("PASS SKIP");
        assertThat(verdicts(policy, "ready", "preempted", "pending")).isEqualTo("SKIP PASS");
        assertThat(verdicts(policy, "ready", "preempted")).isEqualTo("SKIP SKIP");
    }

    private static String verdicts(Policy policy, String... flags) {
        FakeVcpu candidate = new FakeVcpu().with(flags);
        return policy.judge(new FakeVcpu(), candidate, ScanStage.MODE, 0) + " "
                + policy.judge(new FakeVcpu(), candidate, ScanStage.MODE, 1);
    }
}
