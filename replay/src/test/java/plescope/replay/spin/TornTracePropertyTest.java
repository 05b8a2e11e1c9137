package plescope.replay.spin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plescope.parser.event.ExitReason;
import plescope.parser.event.TaskState;
import plescope.parser.event.TraceEvent;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.testing.RecordingScheduleSink;
import plescope.replay.testing.TraceBuilder;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;
import plescope.replay.timeline.TimelineSummary;

/** Events in any order, with losses and times that run backwards: never an exception, and time is conserved. */
class TornTracePropertyTest {
    private static final int EVENTS = 3_000;
    private static final int THREADS = 6;
    private static final ExitReason[] REASONS = {
        TraceBuilder.PAUSE, TraceBuilder.PAUSE, TraceBuilder.INTERRUPT, TraceBuilder.MSR, TraceBuilder.HLT
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void everyVcpuIsInExactlyOneStateAtAnyTime(long seed) {
        RecordingScheduleSink sink = new RecordingScheduleSink();
        SpinOptions options =
                seed % 2 == 0 ? SpinOptions.DEFAULT : new SpinOptions(12, 4_000, 12_000, 200_000, 0, 10, 50, 2_000);
        SpinDetector detector = new SpinDetector(options, GuestSymbols.NONE, sink);
        TimelineBuilder builder = new TimelineBuilder(ThreadMap.EMPTY, detector);
        long pauses = 0;
        for (TraceEvent event : randomEvents(new SplittableRandom(seed))) {
            builder.accept(event);
            pauses += event instanceof plescope.parser.event.KvmExit exit
                            && exit.reason().isPause()
                    ? 1
                    : 0;
        }
        TimelineSummary timeline = builder.finish();
        detector.finish(timeline.roster());

        long[] at = new long[timeline.roster().vcpus().size()];
        for (VcpuInterval i : sink.intervals) {
            assertThat(i.startNs()).as("seed %d, vCPU %d", seed, i.vcpu()).isEqualTo(at[i.vcpu()]);
            at[i.vcpu()] = i.endNs();
        }
        assertThat(at).as("seed %d", seed).containsOnly(timeline.endNs());
        assertThat(sink.yields).as("seed %d", seed).hasSize((int) pauses);
        assertThat(sink.early).as("seed %d", seed).isEmpty();
        assertThat(sink.waits).as("seed %d", seed).hasSameSizeAs(sink.episodes);
        assertThat(sink.episodes).extracting(SpinEpisode::id).doesNotHaveDuplicates();
        assertThat(sink.episodes).as("seed %d", seed).allMatch(e -> e.endNs() >= e.startNs());
    }

    private static List<TraceEvent> randomEvents(SplittableRandom random) {
        TraceBuilder trace = new TraceBuilder();
        long now = 0;
        for (int i = 0; i < EVENTS; i++) {
            now = Math.max(0, now + random.nextInt(-3, 40));
            int thread = random.nextInt(THREADS);
            trace.on(random.nextInt(2), 100 + thread, thread % 3);
            long rip = 0xffffffff81000000L + random.nextInt(4) * 0x80L;
            switch (random.nextInt(13)) {
                case 0, 1, 2 -> trace.entry(now, rip);
                case 3, 4, 5 -> trace.exit(now, REASONS[random.nextInt(REASONS.length)], rip);
                case 6, 7 ->
                    trace.switchTo(
                            now,
                            TaskState.values()[random.nextInt(TaskState.values().length)],
                            random.nextInt(5) == 0 ? 0 : 100 + random.nextInt(THREADS));
                case 8 -> trace.wake(now, 100 + random.nextInt(THREADS), random.nextInt(2));
                case 9 -> trace.window(now, 6000, 3000 << random.nextInt(3));
                case 10 -> trace.ipi(now, random.nextInt(3), 252).injected(now, 252);
                case 11 -> trace.eoi(now, 252).polled(now, random.nextInt(50));
                default -> {
                    if (random.nextInt(20) == 0) {
                        trace.lost(now, random.nextInt(3) - 1, 4);
                    }
                }
            }
        }
        return new ArrayList<>(trace.events());
    }
}
