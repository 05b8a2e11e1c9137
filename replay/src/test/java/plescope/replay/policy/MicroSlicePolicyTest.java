package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;

class MicroSlicePolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "micro-slice";
    }

    /** One pCPU is reserved for critical sections, of which vCPUs that only compute have none. */
    @Override
    boolean usesEveryPcpu() {
        return false;
    }

    /** The last of three pCPUs is reserved. */
    private final FakeHost host = FakeHost.of(3, 1, 4);

    private final Policy policy = host.start("cfs-5.6+micro-slice");

    @Test
    void threadsStartOnOrdinaryPcpusByTurns() {
        HostModel shaped = Setting.parse("cfs-5.6+micro-slice").createPolicy().host(host.model(), 4);
        assertThat(shaped.home()).containsExactly(0, 1, 0, 1);
    }

    @Test
    void aPreemptedCriticalSectionVisitsTheReservedPcpuForOneSlice() {
        host.vcpu(0).on(0).with("running");
        host.vcpu(1).on(1).with("preempted", "critical");
        host.vcpu(2).on(1).with("preempted");
        assertThat(policy.firstChoice(host.vcpu(0))).isEqualTo(-1);
        assertThat(host.vcpu(1).pcpu).isEqualTo(2);
        assertThat(host.vcpu(2).pcpu).as("not critical").isEqualTo(1);
        assertThat(policy.quantumNs(2)).isEqualTo(100_000);
        assertThat(policy.quantumNs(1)).isZero();
        policy.onTimer();
        assertThat(host.vcpu(1).pcpu).as("has not run yet").isEqualTo(2);
        policy.onSchedIn(host.vcpu(1));
        policy.onTimer();
        assertThat(host.vcpu(1).pcpu).as("goes home").isEqualTo(1);
    }

    @Test
    void nobodyIsPlacedOnTheReservedPcpu() {
        host.vcpu(3).on(1);
        assertThat(policy.selectPcpu(host.vcpu(3), 2)).isEqualTo(1);
        assertThat(policy.selectPcpu(host.vcpu(3), 0)).isZero();
        assertThat(policy.mayPull(host.vcpu(3), 1, 2)).isFalse();
        assertThat(policy.mayPull(host.vcpu(3), 1, 0)).isTrue();
    }

    @Test
    void whoMayUseNothingElseKeepsTheReservedPcpu() {
        HostModel pinned = host.model().on(host.topology(), List.of(CpuSet.of(2)));
        Policy strict = host.start("cfs-5.6+micro-slice", pinned);
        assertThat(strict.selectPcpu(host.vcpu(0), 2)).isEqualTo(2);
        assertThat(strict.mayPull(host.vcpu(0), 1, 2)).isTrue();
        assertThat(strict.selectPcpu(host.vcpu(1).on(1), 2)).isEqualTo(1);
    }
}
