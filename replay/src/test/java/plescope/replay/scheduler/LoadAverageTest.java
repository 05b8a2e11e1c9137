package plescope.replay.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LoadAverageTest {
    private static final long PERIOD = 1L << 20;

    @Test
    void halvesEvery32Periods() {
        assertThat(LoadAverage.decay(1024, 32)).isEqualTo(512);
        assertThat(LoadAverage.decay(1024, 96)).isEqualTo(128);
        assertThat(LoadAverage.decay(-1024, 32)).isEqualTo(-512);
        assertThat(LoadAverage.decay(1024, 1_000_000)).isZero();
    }

    @Test
    void everyPowerInTheTableIsTheRootOfOneHalf() {
        for (int n = 1; n < 32; n++) {
            double exact = (1 << 24) * Math.pow(0.5, n / 32.0);
            assertThat(LoadAverage.decay(1 << 24, n)).isCloseTo((long) exact, within(2L));
        }
    }

    @Test
    void approachesTheLoadThatWasQueued() {
        LoadAverage average = new LoadAverage();
        // Half-way after one half-life, three quarters after two.
        assertThat(average.update(32 * PERIOD, 1024)).isEqualTo(512);
        assertThat(average.update(64 * PERIOD, 1024)).isEqualTo(768);
        average.transfer(-1000);
        assertThat(average.update(64 * PERIOD, 0)).isZero();
    }
}
