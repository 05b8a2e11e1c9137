package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RelaxedCoschedulingPolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "relaxed-coscheduling";
    }

    private static final long MS = 1_000_000;

    /** VM 0 is vCPUs 0 and 1, VM 1 is 2 and 3. vCPU 0 runs on pCPU 0, where 2 waits; 1 waits on pCPU 1 behind 3. */
    private final FakeHost host = FakeHost.of(2, 2, 2);

    private final Policy policy = host.start("cfs-5.6+relaxed-coscheduling");

    private void scene(long lagNs) {
        host.vcpu(0).on(0).with("running");
        host.vcpu(2).on(0).with("preempted");
        host.vcpu(1).on(1).with("preempted");
        host.vcpu(3).on(1).with("running");
        host.vcpu(0).stealNs = 5 * MS;
        host.vcpu(1).stealNs = 5 * MS + lagNs;
    }

    @Test
    void aLeaderGivesWayWhileAWaitingSiblingLagsTooMuch() {
        scene(3 * MS);
        assertThat(policy.pick(0, 0, 0)).as("just within").isZero();
        scene(3 * MS + 1);
        assertThat(policy.pick(0, 0, 0)).isEqualTo(2);
        policy.onTick(0);
        assertThat(host.rescheduled).containsExactly(0);
        policy.onTick(1);
        assertThat(host.rescheduled).as("3 leads nobody").containsExactly(0);
    }

    /** Equal steal time so far; vCPU 1 has waited since 2 ms, at 5 ms for 3 ms. */
    @Test
    void theWaitUnderWayCounts() {
        scene(0);
        host.now = 2 * MS;
        policy.onSchedOut(host.vcpu(1));
        host.now = 5 * MS;
        assertThat(policy.pick(0, 0, 0)).isZero();
        host.now = 5 * MS + 1;
        assertThat(policy.pick(0, 0, 0)).isEqualTo(2);
        assertThat(policy.selectPcpu(host.vcpu(1), 1)).isEqualTo(1);
        assertThat(policy.pick(0, 0, 0)).as("woken just now").isZero();
    }

    @Test
    void aLeaderWithThePcpuToItselfGoesOn() {
        scene(9 * MS);
        host.vcpu(2).with();
        assertThat(policy.pick(0, 0, 0)).isZero();
    }

    @Test
    void aSiblingThatSleepsOrRunsDoesNotLag() {
        scene(9 * MS);
        host.vcpu(1).with("running");
        assertThat(policy.pick(0, 0, 0)).isZero();
        host.vcpu(1).with();
        assertThat(policy.pick(0, 0, 0)).isZero();
    }

    @Test
    void ofThoseThatMayRunTheLongestWaitingIsTaken() {
        FakeHost three = FakeHost.of(2, 3, 2);
        Policy fresh = three.start("cfs-5.6+relaxed-coscheduling");
        three.vcpu(0).on(0).with("running");
        three.vcpu(1).on(1).with("preempted");
        three.vcpu(1).stealNs = 9 * MS;
        three.vcpu(2).on(0).with("preempted");
        three.vcpu(4).on(0).with("preempted");
        three.vcpu(4).stealNs = MS;
        assertThat(fresh.pick(0, 0, 0)).isEqualTo(4);
    }
}
