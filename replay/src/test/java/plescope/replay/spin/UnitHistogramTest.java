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
}
