package plescope.replay.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import plescope.parser.event.ExitReason;
import plescope.replay.model.Ipi;
import plescope.replay.model.Origin;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.testing.RecordingScheduleSink;

/** A schedule cut to 1000..2000. */
final class ScheduleCutTest {
    private static final ExitReason HLT = new ExitReason(ExitReason.Isa.SVM, 0x78, "hlt", ExitReason.Family.HALT);

    private final RecordingScheduleSink out = new RecordingScheduleSink();
    private final ScheduleCut cut = new ScheduleCut(1000, 2000, out);

    private static VcpuInterval guest(long from, long to) {
        return new VcpuInterval(0, VcpuState.GUEST, 0, from, to, Origin.RECORDED);
    }

    private static SpinEpisode episode(long id, long from, long to) {
        return new SpinEpisode(id, 0, from, to, 1, to - from, 7, SpinEpisode.End.PROGRESS, Origin.INFERRED, 1, 1);
    }

    private static Wait waitFor(long episode, long releaseNs) {
        return new Wait(
                episode,
                Wait.Cause.LOCK,
                0.9,
                Wait.Evidence.INFERRED,
                List.of(new Wait.Candidate(1, 0.8, releaseNs)),
                List.of());
    }

    @Test
    void intervalsEndAtTheBorders() {
        cut.interval(guest(0, 1000));
        cut.interval(guest(900, 1200));
        cut.interval(guest(1200, 2500));
        cut.interval(guest(2500, 2600));
        assertThat(out.intervals).containsExactly(guest(0, 200), guest(200, 1000));
    }

    @Test
    void neighbouringPartsHoldAllOfTheTimeOnce() {
        SplittableRandom random = new SplittableRandom(4);
        List<VcpuInterval> all = new ArrayList<>();
        for (long at = 0; at < 10_000; ) {
            long end = at + random.nextInt(1, 900);
            all.add(guest(at, end));
            at = end;
        }
        long end = all.get(all.size() - 1).endNs();
        RecordingScheduleSink parts = new RecordingScheduleSink();
        for (long from = 0; from < end; from += 700) {
            ScheduleCut part = new ScheduleCut(from, from + 700, parts);
            all.forEach(part::interval);
        }
        // They begin at 0 and touch, so that their lengths add up to the last end.
        assertThat(parts.intervals.stream().mapToLong(VcpuInterval::durationNs).sum())
                .isEqualTo(end);
        assertThat(parts.intervals).allMatch(interval -> interval.endNs() <= 700 && interval.durationNs() > 0);
    }

    @Test
    void aHaltThatBeganBeforeGoesOnFromTheBegin() {
        cut.vmExit(new VmExit(0, 0, 400, 1500, HLT, 9, 300, 0, 1));
        cut.vmExit(new VmExit(0, 0, 400, 900, HLT, 9, 300, 0, 2));
        // The guest run that ended in it began outside, so its length is not known; so is an entry after the end.
        cut.vmExit(new VmExit(0, 0, 1900, 2100, HLT, 9, 1000, 0, 3));
        assertThat(out.exits)
                .containsExactly(
                        new VmExit(0, 0, 0, 500, HLT, 9, -1, 0, 1), new VmExit(0, 0, 900, -1, HLT, 9, -1, 0, 3));
    }

    @Test
    void waitsAcrossABorderAreLeftOutAndCounted() {
        cut.episode(episode(0, 900, 1100));
        cut.waited(waitFor(0, 1050));
        cut.episode(episode(1, 1100, 1300));
        cut.waited(waitFor(1, 1250));
        cut.episode(episode(2, 1900, 2100));
        cut.waited(waitFor(2, 2050));
        cut.episode(episode(3, 100, 200));
        assertThat(out.episodes).containsExactly(episode(1, 100, 300));
        assertThat(out.waits).containsExactly(waitFor(1, 250));
        assertThat(cut.opened()).isEqualTo(2);
    }

    @Test
    void anIpiKeepsTheEndThatIsInside() {
        cut.ipi(new Ipi(0, 1, 250, 1100, 1200, 5, 6));
        cut.ipi(new Ipi(0, 1, 250, 1900, 2100, 7, 8));
        cut.ipi(new Ipi(0, 1, 250, 900, 1100, 1, 2));
        cut.ipi(new Ipi(0, 1, 250, 100, 200, 1, 2));
        assertThat(out.ipis).containsExactly(new Ipi(0, 1, 250, 100, 200, 5, 6), new Ipi(0, 1, 250, 900, -1, 7, 0));
        assertThat(cut.opened()).isEqualTo(2);
    }
}
