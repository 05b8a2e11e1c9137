package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class DeboostPenaltyTest {
    private static final long[] CAPS = {60_000, 40_000, 25_000, 20_000, 15_000, 10_000};
    private static final long[] ZERO_GAP = {10_000, 9_375, 6_250, 5_000, 3_750, 2_500};

    /** The published constants over ten queue lengths, four distances, both histories: gran + 1.1 need, softened, then clamped. */
    @ParameterizedTest
    @CsvFileSource(resources = "wl-v2-penalty.csv", numLinesToSkip = 1)
    void followsTheTable(long need, int threads, long granularity, boolean reversed, long penalty) {
        DeboostPenalty rule = new DeboostPenalty(11_000, CAPS, ZERO_GAP, false);
        assertThat(rule.of(need, threads, granularity, reversed)).isEqualTo(penalty);
    }

    /** 0.625 of 2.8 ms for five threads is 1.75 ms; the clamp to one granularity hides it unless the table is brought to life. */
    @Test
    void theZeroGapTableActsOnlyIfBroughtToLife() {
        assertThat(new DeboostPenalty(11_000, CAPS, ZERO_GAP, false).of(0, 5, 2_800_000, false))
                .isEqualTo(2_800_000);
        assertThat(new DeboostPenalty(11_000, CAPS, ZERO_GAP, true).of(0, 5, 2_800_000, false))
                .isEqualTo(1_750_000);
        // With a distance the live table changes nothing: 2.8 + 1.1 * 1 ms.
        assertThat(new DeboostPenalty(11_000, CAPS, ZERO_GAP, true).of(1_000_000, 5, 2_800_000, false))
                .isEqualTo(3_900_000);
    }
}
