package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StrictBoostPolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "strict-boost";
    }

    private final FakeHost host = FakeHost.of(2, 1, 64);
    private final FakeVcpu spinner = host.vcpu(0).with("running");
    private final FakeVcpu woken = host.vcpu(1).with("ready");

    @Test
    void aWokenSiblingTheSpinnerDidNotInterruptIsTakenOnTheSecondScanOnly() {
        Policy policy = host.start("cfs-5.6+strict-boost");
        assertThat(Judging.accepts(policy, spinner, woken)).isFalse();
        assertThat(Judging.accepts(policy, spinner, woken)).isTrue();
        policy.onEntry(woken);
        assertThat(Judging.accepts(policy, spinner, woken)).as("entry forgets").isFalse();
        policy.onSchedIn(woken);
        assertThat(Judging.accepts(policy, spinner, woken))
                .as("sched-in forgets")
                .isFalse();
        assertThat(Judging.accepts(policy, host.vcpu(2), woken))
                .as("bits are per spinner")
                .isFalse();
    }

    @Test
    void receiversOfTheSpinnersUnicastIpisAreTakenAtOnce() {
        Policy policy = host.start("cfs-5.6+strict-boost");
        policy.onIpi(spinner, woken, 1, 0xfb);
        assertThat(Judging.accepts(policy, spinner, woken))
                .as("it had its pCPU when the IPI came")
                .isFalse();
        policy.onSchedIn(woken);
        policy.onSchedOut(woken);
        policy.onIpi(spinner, woken, 3, 0xfb);
        assertThat(Judging.accepts(policy, spinner, woken)).as("broadcast").isFalse();
        policy.onEntry(woken);
        policy.onIpi(spinner, woken, 1, 0xfb);
        assertThat(Judging.accepts(policy, spinner, woken)).isTrue();
    }

    @Test
    void userModeReceiversAreTakenAndKernelModeNeedsNoIpi() {
        Policy policy = host.start("cfs-5.6+strict-boost");
        FakeVcpu user = host.vcpu(3).with("ready", "preempted");
        policy.onSchedOut(user);
        policy.onIpi(spinner, user, 1, 0xfb);
        assertThat(Judging.accepts(policy, spinner, user)).isTrue();
        assertThat(Judging.accepts(policy, host.vcpu(2), user)).isFalse();
        assertThat(Judging.accepts(policy, host.vcpu(2), host.vcpu(4).with("ready", "preempted", "inKernel")))
                .isTrue();
    }

    /** An int is shifted by the number modulo 32: 63 passes for 31, and 32 for 0. */
    @Test
    void theShiftBugMixesUpHighNumbers() {
        for (String bug : new String[] {"0", "1"}) {
            Policy policy = host.start("cfs-5.6+strict-boost{emulateShiftBug=" + bug + "}");
            policy.onSchedOut(woken);
            policy.onIpi(host.vcpu(31), woken, 1, 0xfb);
            assertThat(Judging.accepts(policy, host.vcpu(63), woken)).isEqualTo(bug.equals("1"));
            policy.onEntry(woken);
            policy.onIpi(host.vcpu(32), woken, 1, 0xfb);
            assertThat(Judging.accepts(policy, host.vcpu(0), woken)).isEqualTo(bug.equals("1"));
        }
    }
}
