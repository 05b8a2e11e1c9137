package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plescope.replay.model.Topology;

class PullTargetPolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "pull-target";
    }

    /**
     * Targets fetched to the spinner's pCPU gather a VM there, and groups compete per pCPU: of eight seeds of eevdf-6.12 with
     * cgroup-vm seven give either VM 0.49 to 0.51 of the host, and one, the contract's, 0.33.
     */
    @Override
    boolean sharesEvenly(Setting setting) {
        return false;
    }

    private static final long MS = 1_000_000;

    /** vCPU 0 spins on pCPU 0; on pCPU 1 vCPU 2 runs and vCPU 1 waits. */
    private FakeHost scene(Topology topology) {
        FakeHost host = FakeHost.of(topology, 1, 4);
        host.vcpu(0).on(0).with("running");
        host.vcpu(1).on(1).with("preempted");
        host.vcpu(2).on(1).with("running");
        return host;
    }

    @Test
    void theTargetIsFetchedPickedOnceAndLimited() {
        FakeHost host = scene(Topology.flat(2));
        Policy policy = host.start("cfs-5.6+pull-target");
        policy.onYieldTo(host.vcpu(0), host.vcpu(1));
        assertThat(host.vcpu(1).pcpu).isZero();
        assertThat(policy.pick(0, 3, 0)).isEqualTo(1);
        assertThat(policy.quantumNs(0)).isEqualTo(500_000);
        assertThat(policy.pick(0, 3, 1)).as("has had its run").isEqualTo(3);
        assertThat(policy.quantumNs(0)).isZero();
        host.vcpu(1).on(1);
        host.now = MS - 1;
        policy.onYieldTo(host.vcpu(0), host.vcpu(1));
        assertThat(host.vcpu(1).pcpu).as("within 1 ms").isEqualTo(1);
        host.now = MS;
        policy.onYieldTo(host.vcpu(0), host.vcpu(1));
        assertThat(host.vcpu(1).pcpu).isZero();
    }

    @Test
    void aTargetThatIsNextAnywayStays() {
        FakeHost host = scene(Topology.flat(2));
        Policy policy = host.start("cfs-5.6+pull-target");
        host.vcpu(2).with();
        policy.onYieldTo(host.vcpu(0), host.vcpu(1));
        assertThat(host.vcpu(1).pcpu).isEqualTo(1);
    }

    /** One thread ahead: 4 ms of base slice in this host, against twice the cost of another cache. */
    @Test
    void acrossCachesTheWaitMustBeWorthIt() {
        FakeHost host = scene(new Topology(2, 1, 1, 2));
        host.start("cfs-5.6+pull-target{cacheCost=2ms}").onYieldTo(host.vcpu(0), host.vcpu(1));
        assertThat(host.vcpu(1).pcpu).isEqualTo(1);
        host.start("cfs-5.6+pull-target{cacheCost=1.9ms}").onYieldTo(host.vcpu(0), host.vcpu(1));
        assertThat(host.vcpu(1).pcpu).isZero();
    }
}
