package plescope.replay.spin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.replay.testing.RecordingTimelineSink;
import plescope.replay.testing.TraceBuilder;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;
import plescope.replay.timeline.VmGrouping;

/** What is told of siblings by their lulls against what their histories say when they are searched each time. */
class SiblingsTest {
    private static final SpinLoop[] LOOPS = {new SpinLoop(0, 0x1000), new SpinLoop(1, 0x2000)};

    private final SplittableRandom random = new SplittableRandom(13);
    private final VcpuHistories histories = new VcpuHistories();
    private final Siblings siblings = new Siblings(histories);

    /** One VM of so many vCPUs. */
    private VmGrouping vm(int vcpus) {
        RecordingTimelineSink sink = new RecordingTimelineSink();
        TimelineBuilder timeline = new TimelineBuilder(ThreadMap.EMPTY, sink);
        for (int vcpu = 0; vcpu < vcpus; vcpu++) {
            timeline.accept(new KvmEntry(vcpu, 0, 100 + vcpu, vcpu + 1, vcpu, 0x1000));
        }
        timeline.finish();
        histories.upTo(vcpus);
        return sink.grouping;
    }

    private static Episode episode(int vcpu, SpinLoop loop, long startNs, long lastSpinNs, long releaseNs) {
        KvmExit exit = new KvmExit(startNs, 0, 100 + vcpu, 1, vcpu, TraceBuilder.PAUSE, loop.rip());
        Episode episode = new Episode(vcpu, loop, startNs, exit, List.of());
        episode.lastSpinNs = lastSpinNs;
        episode.latestReleaseNs = releaseNs;
        return episode;
    }

    private void somethingHappens(int vcpu, long[] now) {
        VcpuHistory his = histories.of(vcpu);
        // Now and then the clock steps back, or a switch is lost.
        long from = now[vcpu] + random.nextInt(6) - (random.nextInt(60) == 0 ? 20 : 0);
        long to = from + random.nextInt(40);
        switch (random.nextInt(7)) {
            case 0, 1 -> his.guest.worked(from, to);
            case 2 -> his.guest.spun(from, to);
            case 3 -> {
                his.off.switchedOut(from, 1, random.nextInt(3) == 0, random.nextBoolean());
                to = random.nextInt(30) == 0 ? from : to;
                if (to > from) {
                    his.off.switchedIn(to, 1);
                }
            }
            case 4 -> his.waits.left(LOOPS[random.nextInt(2)], from, to, 1);
            case 5 -> his.guest.entered(to);
            default -> {
                his.waits.waits(LOOPS[random.nextInt(2)], to);
                if (random.nextBoolean()) {
                    his.waits.waitsNoMore();
                }
            }
        }
        now[vcpu] = Math.max(now[vcpu], to);
    }

    @Test
    void lullsTellWhatASearchWould() {
        int vcpus = 6;
        VmGrouping vm = vm(vcpus);
        long[] now = new long[vcpus];
        for (int i = 0; i < 60_000; i++) {
            somethingHappens(random.nextInt(vcpus), now);
            // Often nothing happens between two waits; rarely one goes back beyond what rings keep.
            for (int wait = random.nextInt(3); wait > 0; wait--) {
                long start = Math.max(0, now[0] - random.nextInt(random.nextInt(40) == 0 ? 20_000 : 150));
                long release = start + random.nextInt(random.nextInt(3) == 0 ? 150 : 4);
                long lastSpin = random.nextInt(20) == 0 ? 0 : start + random.nextInt((int) (release - start) + 1);
                Episode e = episode(0, LOOPS[random.nextInt(2)], start, lastSpin, release);
                siblings.look(e, vm);
                assertThat(siblings.count()).isEqualTo(vcpus - 1);
                for (int s = 0; s < siblings.count(); s++) {
                    assertSearchSaysTheSame(e, s);
                }
            }
        }
    }

    private void assertSearchSaysTheSame(Episode e, int sibling) {
        VcpuHistory his = histories.of(siblings.vcpu(sibling));
        long departed = his.waits.lastDeparture(e.loop, e.startNs, e.latestReleaseNs);
        assertThat(siblings.waits(sibling)).isEqualTo(his.waits.since(e.loop, e.startNs) >= 0);
        assertThat(siblings.departed(sibling)).isEqualTo(departed >= 0);
        if (departed >= 0) {
            assertThat(siblings.departureNs(sibling)).isEqualTo(his.waits.departureNs((int) departed));
        }
        boolean slept = his.sleptThrough(e.startNs, e.latestReleaseNs);
        assertThat(siblings.slept(sibling)).isEqualTo(slept);
        assertThat(siblings.offAtStart(sibling)).isEqualTo(!slept && his.offAtWork(e.startNs));
        assertThat(siblings.turnEndNs(sibling)).isEqualTo(his.guest.firstTurnEnd(e.lastSpinNs, e.latestReleaseNs));
    }

    /** 999 siblings, 2,000 waits one after the other; before each of them one sibling loses its pCPU and gets it back. */
    @Test
    void onlySiblingsThatChangedAreSearched() {
        int vcpus = 1_000;
        VmGrouping vm = vm(vcpus);
        for (int wait = 0; wait < 2_000; wait++) {
            long at = 1_000L * (wait + 1);
            histories.of(1 + wait % 999).off.switchedOut(at, 1, false, false);
            histories.of(1 + wait % 999).off.switchedIn(at + 10, 1);
            siblings.look(episode(0, LOOPS[0], at + 100, at + 200, at + 300), vm);
        }
        // Once each for work, waits and the pCPU of all 999, then once per change; asking all of them each time made
        // six million.
        assertThat(histories.searches()).isBetween(3 * 999L, 3 * 999L + 2_000);
    }
}
