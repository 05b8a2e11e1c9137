package plescope.replay.spin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.event.TaskState;
import plescope.replay.testing.TraceBuilder;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;

class SpinSamplerTest {
    private static final long A = 0xffff_ffff_8100_0092L;

    private static List<GuestSamples> samplesOf(TraceBuilder trace) {
        SpinSampler sampler = new SpinSampler();
        SpinDetector spin = new SpinDetector(SpinOptions.DEFAULT, GuestSymbols.NONE, sampler);
        TimelineBuilder timeline = new TimelineBuilder(ThreadMap.EMPTY, spin);
        trace.events().forEach(timeline::accept);
        spin.finish(timeline.finish().roster());
        return sampler.samples();
    }

    private static List<Long> times(GuestSamples samples) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < samples.samples(); i++) {
            times.add(samples.sampleNs(i) / 1000);
        }
        return times;
    }

    private static TraceBuilder thread() {
        return new TraceBuilder().named(0, 11, 10, "CPU 0/KVM").named(0, 12, 10, "CPU 1/KVM");
    }

    @Test
    void hostInterruptsAreSamplesAndRunsLastUntilTheSwitch() {
        List<GuestSamples> samples = samplesOf(thread().on(0, 11, 0)
                .entry(100, A)
                .exit(1_100, TraceBuilder.INTERRUPT, A)
                .entry(1_110, A)
                .exit(4_100, TraceBuilder.INTERRUPT, A)
                .switchTo(4_110, TaskState.RUNNABLE, 12)
                .on(0, 12, 1)
                .entry(4_120, A)
                .exit(4_500, TraceBuilder.HLT, A)
                .switchTo(4_510, TaskState.SLEEPING, 0));
        GuestSamples one = samples.get(0);
        assertThat(times(one)).containsExactly(1_100L, 4_100L);
        assertThat(one.runs()).isEqualTo(1);
        assertThat(one.ranNs()).isEqualTo(4_000_000);
        assertThat(one.standsForNs(0)).isEqualTo(1_000_000);
        assertThat(one.standsForNs(1)).isEqualTo(3_000_000);
        assertThat(one.runEndedByInterrupt(0)).isTrue();
        assertThat(samples.get(1).runEndedBlocked(0)).isTrue();
        assertThat(samples.get(1).samples()).isZero();
    }

    @Test
    void whereThereArePauseExitsNothingIsSampled() {
        assertThat(samplesOf(thread().on(0, 11, 0)
                        .entry(100, A)
                        .exit(1_100, TraceBuilder.INTERRUPT, A)
                        .entry(1_110, A)
                        .exit(1_200, TraceBuilder.PAUSE, A)
                        .entry(1_210, A)
                        .exit(1_300, TraceBuilder.INTERRUPT, A)))
                .isEmpty();
    }

    @Test
    void kicksOfSiblingsAreNotSamples() {
        GuestSamples samples = samplesOf(thread().on(0, 11, 0)
                        .entry(100, A)
                        .on(1, 12, 1)
                        .entry(100, A)
                        .exit(300, TraceBuilder.MSR, A)
                        .ipi(301, 0, 0xfd)
                        .on(0, 11, 0)
                        .exit(303, TraceBuilder.INTERRUPT, A)
                        .entry(310, A)
                        .exit(800, TraceBuilder.INTERRUPT, A)
                        .entry(801, A))
                .get(0);
        assertThat(times(samples)).containsExactly(800L);
    }

    @Test
    void withoutSchedulerEventsALongAbsenceEndsARun() {
        GuestSamples samples = samplesOf(thread().on(0, 11, 0)
                        .entry(100, A)
                        .exit(200, TraceBuilder.INTERRUPT, A)
                        .entry(210, A)
                        .exit(300, TraceBuilder.INTERRUPT, A)
                        .entry(4_300, A)
                        .exit(4_400, TraceBuilder.INTERRUPT, A))
                .get(0);
        assertThat(samples.runs()).isEqualTo(2);
        assertThat(samples.runEndNs(0)).isEqualTo(samples.runStartNs(0) + 200_000);
    }
}
