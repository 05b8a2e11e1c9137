package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PreferredCpusPolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "preferred-cpus";
    }

    private static final long SECOND = 1_000_000_000;

    /** One VM of eight vCPUs. */
    private final FakeHost host = FakeHost.of(4, 1, 8);

    /** The steal ratios of a published series in 0.01 %; 800 of 8 vCPUs over 1 s is 8 s * 8 % = 0.64 s. */
    @Test
    void followsThePublishedSeries() {
        Policy policy = host.start("eevdf-6.12+preferred-cpus");
        assertThat(policy.timerPeriodNs()).isEqualTo(SECOND);
        long[] ratios = {800, 900, 700, 300, 600, 550, 100, 150, 200, 201, 0, 0};
        int[] preferred = {8, 7, 6, 6, 6, 5, 5, 6, 7, 7, 7, 8};
        for (int i = 0; i < ratios.length; i++) {
            host.vcpu(i % 8).stealNs += 8 * SECOND * ratios[i] / 10_000;
            policy.onTimer();
            assertThat(preferred(policy)).as("sample %d", i).isEqualTo(preferred[i]);
        }
        assertThat(policy.guestPrefers(host.vcpu(0))).isTrue();
    }

    @Test
    void coresAreGivenUpWholeAndTheFirstStays() {
        Policy policy = host.start("eevdf-6.12+preferred-cpus{smt=2,useDirection=0,step=3}");
        host.vcpu(0).stealNs = 8 * SECOND;
        policy.onTimer();
        assertThat(preferred(policy)).as("three of four cores").isEqualTo(2);
        host.vcpu(0).stealNs += 8 * SECOND;
        policy.onTimer();
        assertThat(preferred(policy)).as("the first core stays").isEqualTo(2);
        policy.onTimer();
        assertThat(preferred(policy)).as("no more steal").isEqualTo(8);
    }

    @Test
    void aCustomMaskSwitchesTheMonitorOff() {
        Policy policy = host.start("eevdf-6.12+preferred-cpus{first=3,useDirection=0}");
        assertThat(preferred(policy)).isEqualTo(3);
        host.vcpu(0).stealNs = 8 * SECOND;
        policy.onTimer();
        assertThat(preferred(policy)).isEqualTo(3);
        assertThat(preferred(host.start("eevdf-6.12+preferred-cpus{first=8}")))
                .as("a mask of all vCPUs is rejected")
                .isEqualTo(8);
    }

    @Test
    void vmsAreGovernedApart() {
        FakeHost two = FakeHost.of(4, 2, 4);
        Policy policy = two.start("eevdf-6.12+preferred-cpus{useDirection=0}");
        two.vcpu(5).stealNs = SECOND;
        policy.onTimer();
        assertThat(policy.guestPrefers(two.vcpu(3))).isTrue();
        assertThat(policy.guestPrefers(two.vcpu(7))).isFalse();
    }

    private int preferred(Policy policy) {
        return (int) host.vcpus.stream().filter(policy::guestPrefers).count();
    }
}
