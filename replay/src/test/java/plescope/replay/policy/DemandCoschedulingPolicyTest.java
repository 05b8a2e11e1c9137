package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemandCoschedulingPolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "demand-coscheduling";
    }

    /** vCPUs 0, 1 and 2 of VM 0, 3, 4 and 5 of VM 1; pCPU 1 runs 3 while 1 waits there. */
    private final FakeHost host = FakeHost.of(2, 2, 3);

    private final Policy policy = host.start("cfs-5.6+demand-coscheduling");

    private void scene() {
        host.vcpu(0).on(0).with("running");
        host.vcpu(1).on(1).with("preempted");
        host.vcpu(3).on(1).with("running");
        host.vcpu(1).stealNs = 2_000_000;
    }

    @Test
    void aReceiverPreemptsAndRunsFirstForItsSlice() {
        scene();
        assertThat(policy.pick(1, 3, 3)).isEqualTo(3);
        policy.onIpi(host.vcpu(0), host.vcpu(1), 1, 0xfb);
        assertThat(host.rescheduled).containsExactly(1);
        assertThat(policy.pick(1, 3, 3)).isEqualTo(1);
        host.vcpu(3).with("preempted");
        host.vcpu(1).with("running");
        policy.onSchedIn(host.vcpu(1));
        assertThat(policy.quantumNs(1)).isEqualTo(500_000);
        host.now = 499_999;
        assertThat(policy.pick(1, 3, 1)).isEqualTo(1);
        host.now = 500_000;
        assertThat(policy.pick(1, 3, 1)).as("slice used up").isEqualTo(3);
        assertThat(policy.quantumNs(1)).isZero();
    }

    @Test
    void urgentTimeIsLimitedToTimeWaited() {
        scene();
        host.vcpu(1).stealNs = 400_000;
        policy.onIpi(host.vcpu(0), host.vcpu(1), 1, 0xfb);
        host.vcpu(1).with("running");
        policy.onSchedIn(host.vcpu(1));
        host.now = 500_000;
        policy.onSchedOut(host.vcpu(1));
        host.vcpu(1).with("preempted");
        policy.onIpi(host.vcpu(0), host.vcpu(1), 1, 0xfb);
        assertThat(policy.pick(1, 3, 3)).as("0.5 ms spent of 0.4 ms waited").isEqualTo(3);
        host.vcpu(1).stealNs = 500_001;
        assertThat(policy.pick(1, 3, 3)).isEqualTo(1);
    }

    @Test
    void theOldestCallGoesFirstAndOtherVmsCallNobody() {
        scene();
        host.vcpu(2).on(1).with("preempted");
        host.vcpu(2).stealNs = 9_000_000;
        host.now = 10;
        policy.onIpi(host.vcpu(0), host.vcpu(1), 2, 0xfb);
        host.now = 20;
        policy.onIpi(host.vcpu(0), host.vcpu(2), 2, 0xfb);
        assertThat(policy.pick(1, 3, 3)).isEqualTo(1);
        host.vcpu(4).on(0).with("preempted");
        host.vcpu(4).stealNs = 9_000_000;
        policy.onIpi(host.vcpu(0), host.vcpu(4), 1, 0xfb);
        assertThat(policy.pick(0, 5, -1)).isEqualTo(5);
    }

    @Test
    void aSenderIsProtectedOncePerTurn() {
        scene();
        policy.onSchedIn(host.vcpu(0));
        host.now = 100_000;
        policy.onIpi(host.vcpu(0), host.vcpu(1), 1, 0xfb);
        host.now = 599_999;
        policy.onIpi(host.vcpu(0), host.vcpu(1), 1, 0xfb);
        assertThat(policy.pick(0, 5, 0)).isZero();
        host.now = 600_000;
        assertThat(policy.pick(0, 5, 0)).isEqualTo(5);
    }
}
