package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plescope.replay.model.HostModel;

class P2021PolicyTest extends PolicyContract {
    @Override
    String policy() {
        return "p2021";
    }

    private static final FakeVcpu RECEIVER = new FakeVcpu().with("ready", "preempted", "pending");

    @Test
    void aPendingInterruptWaivesTheKernelModeTestOnlyWithApicv() {
        assertThat(Judging.accepts(Setting.parse("cfs-6.1+p2021{apicv=1}").createPolicy(), new FakeVcpu(), RECEIVER))
                .isTrue();
        assertThat(Judging.accepts(Setting.parse("cfs-6.1+p2021").createPolicy(), new FakeVcpu(), RECEIVER))
                .isFalse();
    }

    @Test
    void theMachineSaysWhetherThereIsApicvUnlessTheSettingDoes() {
        FakeHost host = FakeHost.of(1, 1, 2);
        HostModel plain = host.model();
        HostModel posted = new HostModel(
                plain.topology(),
                plain.allowed(),
                plain.home(),
                plain.hz(),
                plain.costs(),
                plain.ple(),
                new HostModel.Kvm(true, 0, 2, 10_000, -1),
                plain.cgroups());
        assertThat(Judging.accepts(host.start("cfs-6.1+p2021", plain), new FakeVcpu(), RECEIVER))
                .isFalse();
        assertThat(Judging.accepts(host.start("cfs-6.1+p2021", posted), new FakeVcpu(), RECEIVER))
                .isTrue();
        assertThat(Judging.accepts(host.start("cfs-6.1+p2021{apicv=0}", posted), new FakeVcpu(), RECEIVER))
                .isFalse();
        assertThat(Judging.accepts(host.start("cfs-6.1+p2021{apicv=1}", plain), new FakeVcpu(), RECEIVER))
                .isTrue();
    }
}
