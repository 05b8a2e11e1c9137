package plescope.replay.spin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UnitHistogramTest {
    @Test
    void tableOfBoundsAgreesWithTheLogarithm() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 200_000; i++) {
            long picos = Math.max(1, random.nextLong() >>> 1 >>> (24 + random.nextInt(39)));
            int octave = 63 - Long.numberOfLeadingZeros(picos);
            double fraction = (double) picos / (1L << octave);
            int within = (int) (StrictMath.log(fraction) / StrictMath.log(2) * UnitHistogram.PER_OCTAVE);
            assertThat(UnitHistogram.bucket(picos)).as("bucket of %d", picos).isEqualTo(octave * 64 + within);
        }
    }

    @Test
    void bucketsOfAnOctaveGrowByTheSameFactor() {
        // 2^10 * 2^(k/64), just above: bucket 640 + k.
        for (int k = 0; k < 64; k++) {
            long picos = (long) Math.ceil(1024 * 1024 * StrictMath.pow(2, k / 64.0)) + 1;
            assertThat(UnitHistogram.bucket(picos)).isEqualTo(20 * 64 + k);
        }
    }

    /** Forty octaves of 64: a unit of 2^40 ps would be a second; times of a damaged log reach 2^63. */
    @Test
    void theLastBucketTakesAllLongerRunsAndIsNoPeak() {
        assertThat(UnitHistogram.bucket(1L << 40)).isEqualTo(40 * 64 - 1);
        assertThat(UnitHistogram.bucket(Long.MAX_VALUE)).isEqualTo(40 * 64 - 1);
        UnitHistogram histogram = new UnitHistogram();
        for (int i = 0; i < 100; i++) {
            histogram.add(Long.MAX_VALUE);
            histogram.add(1L << 41);
        }
        assertThat(histogram.unitPicos()).isZero();
        assertThat(histogram.samples()).isEqualTo(200);
    }

    @Test
    void runsOfNoLengthAreNoSamples() {
        UnitHistogram histogram = new UnitHistogram();
        histogram.add(0);
        histogram.add(Long.MIN_VALUE);
        assertThat(histogram.samples()).isZero();
        assertThat(histogram.peak()).isZero();
    }
}
