package plescope.replay.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.testing.TraceBuilder.INTERRUPT;
import static plescope.replay.testing.TraceBuilder.PAUSE;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.testing.RecordingScheduleSink;
import plescope.replay.testing.TraceBuilder;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;

/** Window 3000; its quickest runs take 60 us, 20 ns a turn. */
class WindowStretchTest {
    private static final long LOOP = 0xffffffff81000090L;

    private final TraceBuilder trace = new TraceBuilder();

    /** 100 windows of 60 us, 200 host interrupts that all hit the loop, 200 windows of 90 us, from {@code us} on. */
    private void spinWithStalls(long us) {
        long now = us;
        trace.on(0, 100, 0).window(now, 6000, 3000);
        for (int i = 0; i < 100; i++, now += 64) {
            trace.entry(now + 1, LOOP).exit(now + 61, PAUSE, LOOP);
        }
        for (int i = 0; i < 200; i++, now += 14) {
            trace.entry(now + 1, LOOP).exit(now + 11, INTERRUPT, LOOP);
        }
        for (int i = 0; i < 200; i++, now += 94) {
            trace.entry(now + 1, LOOP).exit(now + 91, PAUSE, LOOP);
        }
    }

    private SpinSummary detect() {
        ThreadMap threads =
                new ThreadMap(List.of(new ThreadMap.Entry(100, 1, "a", 0), new ThreadMap.Entry(101, 1, "a", 1)));
        SpinDetector detector = new SpinDetector(SpinOptions.DEFAULT, GuestSymbols.NONE, new RecordingScheduleSink());
        TimelineBuilder builder = new TimelineBuilder(threads, detector);
        trace.events().forEach(builder::accept);
        return detector.finish(builder.finish().roster());
    }

    /**
     * Interrupts say that none of the 90 us is work. Of 300 PAUSE runs, the first does not begin in the loop, and the first
     * long one comes before there is anything to sample: (99 * 60 + 199 * 90) us / (298 * 3000) = 26 678 ps.
     */
    @Test
    void stallsStretchTheMeanButNotTheQuickest() {
        spinWithStalls(0);

        SpinSummary summary = detect();

        assertThat(summary.unitPicos()).isBetween(19_700L, 20_300L);
        assertThat(summary.meanUnitPicos()).isBetween(26_500L, 26_800L);
    }

    /** A sibling that runs all the time may hand the lock over in the middle of any run: the mean stays unknown. */
    @Test
    void runsBesideARunningSiblingDoNotCount() {
        trace.on(1, 101, 1).entry(0, LOOP);
        spinWithStalls(1);

        assertThat(detect().meanUnitPicos()).isZero();
    }
}
