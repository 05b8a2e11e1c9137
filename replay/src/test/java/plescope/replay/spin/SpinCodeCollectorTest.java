package plescope.replay.spin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.model.Origin;
import plescope.replay.model.Roster;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.testing.TraceBuilder;

class SpinCodeCollectorTest {
    private static final Roster ROSTER = new Roster(
            List.of(new Roster.Vm(0, "vm0", 100, Roster.Grouping.TGID)),
            List.of(new Roster.Vcpu(0, 0, 0, 101, "CPU 0/KVM"), new Roster.Vcpu(1, 0, 1, 102, "CPU 1/KVM")),
            List.of(),
            1);

    private final SpinCodeCollector collector = new SpinCodeCollector();
    private long episodes;

    private void spun(int vcpu, long rip, int exits, Wait.Cause cause) {
        for (int i = 0; i < exits; i++) {
            collector.vmExit(new VmExit(vcpu, 0, 0, 1, TraceBuilder.PAUSE, rip, 10, 3000, 0));
        }
        long id = episodes++;
        collector.episode(
                new SpinEpisode(id, vcpu, 0, 1, exits, 1, rip, SpinEpisode.End.PROGRESS, Origin.RECORDED, 0, 0));
        collector.waited(new Wait(id, cause, 1, Wait.Evidence.INFERRED, List.of(), List.of()));
    }

    /** PAUSEs 32 bytes apart are one loop; 16 exits are enough, 15 are not. Around each, 64 bytes. */
    @Test
    void pausesCloseTogetherAreOneLoopOfWhatMostWaitsWereFor() {
        spun(0, 0xffff_ffff_8100_1000L, 10, Wait.Cause.LOCK);
        spun(1, 0xffff_ffff_8100_1020L, 10, Wait.Cause.LOCK);
        spun(0, 0xffff_ffff_8100_9000L, 16, Wait.Cause.TLB_SHOOTDOWN);
        spun(0, 0xffff_ffff_8100_f000L, 15, Wait.Cause.LOCK);
        assertThat(collector.ranges(ROSTER, 21_700))
                .containsExactly(
                        new SpinPlace.Range(
                                "vm0", 0xffff_ffff_8100_0fc0L, 0xffff_ffff_8100_1060L, SpinPlace.Kind.LOCK, 21_700),
                        new SpinPlace.Range(
                                "vm0", 0xffff_ffff_8100_8fc0L, 0xffff_ffff_8100_9040L, SpinPlace.Kind.IPI, 21_700));
    }
}
