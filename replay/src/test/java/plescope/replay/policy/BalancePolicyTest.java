package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.Topology;

class BalancePolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "balance";
    }

    /** Four pCPUs in two caches; VM 0 has two vCPUs, VM 1 two. */
    private final FakeHost host = FakeHost.of(new Topology(4, 1, 2, 4), 2, 2);

    @Test
    void aWokenVcpuAvoidsItsSiblingsPcpu() {
        Policy policy = host.start("cfs-5.6+balance");
        host.vcpu(1).on(0).with("running");
        host.vcpu(2).on(1).with("running");
        assertThat(policy.selectPcpu(host.vcpu(0), 0)).as("2 and 3 are idle").isEqualTo(2);
        assertThat(policy.selectPcpu(host.vcpu(0), 1)).as("another VM's").isEqualTo(1);
        host.vcpu(3).on(2).with("running");
        assertThat(policy.selectPcpu(host.vcpu(0), 0)).as("the idle one").isEqualTo(3);
    }

    @Test
    void amongEquallyLoadedPcpusOneOfTheSameCacheWins() {
        Policy policy = host.start("cfs-5.6+balance");
        host.vcpu(1).on(3).with("running");
        assertThat(policy.selectPcpu(host.vcpu(0), 3))
                .as("shares a cache with 3")
                .isEqualTo(2);
        assertThat(policy.mayPull(host.vcpu(0), 0, 3)).isFalse();
        assertThat(policy.mayPull(host.vcpu(0), 0, 1)).isTrue();
    }

    @Test
    void whereAllHoldSiblingsTheUsualChoiceStands() {
        FakeHost crowded = FakeHost.of(2, 1, 4);
        Policy policy = crowded.start("cfs-5.6+balance");
        crowded.vcpu(1).on(0).with("running");
        crowded.vcpu(2).on(1).with("running");
        assertThat(policy.selectPcpu(crowded.vcpu(0), 1)).isEqualTo(1);
        assertThat(policy.mayPull(crowded.vcpu(3), 0, 1)).isTrue();
    }

    @Test
    void affinityLimitsTheChoice() {
        HostModel pinned = host.model().on(host.topology(), List.of(CpuSet.of(0, 3)));
        Policy policy = host.start("cfs-5.6+balance", pinned);
        host.vcpu(1).on(0).with("running");
        assertThat(policy.selectPcpu(host.vcpu(0), 0)).isEqualTo(3);
    }
}
