package plescope.replay.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TickTimesTest {
    private static final long PERIOD_NS = 4_000_000;

    private final TickTimes times = new TickTimes();

    /** 500 ticks, each up to {@code jitterNs} late, as many other interrupts at any time, and a timer in step with every second one. */
    private void ticks(int pcpu, long phaseNs, long jitterNs) {
        SplittableRandom random = new SplittableRandom(pcpu);
        for (int period = 0; period < 500; period++) {
            long start = period * PERIOD_NS;
            times.interrupted(pcpu, start + phaseNs + random.nextLong(jitterNs + 1));
            times.interrupted(pcpu, start + random.nextLong(PERIOD_NS));
            if (period % 2 == 0) {
                times.interrupted(pcpu, start + phaseNs + 200_000);
            }
        }
    }

    /** Uniform in 0..40 us: the middle 80 % span 32 us, a little more with the odd interrupt that falls among them. */
    @Test
    void ticksThatFallTogetherSpreadAsFarAsTheyJitter() {
        ticks(0, 40_000, 40_000);
        ticks(1, 40_000, 40_000);
        assertThat(times.spreadNs(PERIOD_NS)).isBetween(28_000L, 40_000L);
    }

    /** The common phase may lie at the seam of the period. */
    @Test
    void thePeriodsSeamSplitsNothing() {
        ticks(0, PERIOD_NS - 20_000, 40_000);
        ticks(3, PERIOD_NS - 20_000, 40_000);
        assertThat(times.spreadNs(PERIOD_NS)).isBetween(28_000L, 40_000L);
    }

    @Test
    void ticksWithPhasesOfTheirOwnDoNotFallTogether() {
        ticks(0, 40_000, 40_000);
        ticks(1, 1_040_000, 40_000);
        assertThat(times.spreadNs(PERIOD_NS)).isEqualTo(-1);
    }

    /** One pCPU, and one that shows too little: nothing to compare. */
    @Test
    void onePcpuDoesNotShowWhetherTicksFallTogether() {
        ticks(0, 40_000, 40_000);
        times.interrupted(1, 40_000);
        assertThat(times.spreadNs(PERIOD_NS)).isEqualTo(-1);
    }
}
