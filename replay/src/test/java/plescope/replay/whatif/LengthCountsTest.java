package plescope.replay.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LengthCountsTest {
    /** 1, 1, 2 and 9 are 13 in four: 3.25 on average, half reach or stay below 1, 99 % need the longest. */
    @Test
    void meansAndQuantilesAreThoseOfTheValues() {
        LengthCounts counts = LengthCounts.of(9, 1, 2, 1);
        assertThat(counts.total()).isEqualTo(4);
        assertThat(counts.different()).isEqualTo(3);
        assertThat(counts.mean()).isEqualTo(3.25);
        assertThat(counts.quantile(0.5)).isEqualTo(1);
        assertThat(counts.quantile(0.51)).isEqualTo(2);
        assertThat(counts.quantile(0.99)).isEqualTo(9);
        assertThat(LengthCounts.NONE.mean()).isNaN();
        assertThat(LengthCounts.NONE.quantile(0.99)).isNaN();
    }

    /** Random lists in a thousand parts: what is added up part by part is the count of all, and as short as lengths are few. */
    @Test
    void partsAddUpToTheWholeAndTakeNoMoreThanThereAreLengths() {
        SplittableRandom random = new SplittableRandom(3);
        LengthCounts sum = LengthCounts.NONE;
        int[] all = new int[0];
        for (int part = 0; part < 1_000; part++) {
            int[] some = random.ints(random.nextInt(20), 1, 50).toArray();
            sum = sum.and(LengthCounts.of(some));
            int size = all.length;
            all = Arrays.copyOf(all, size + some.length);
            System.arraycopy(some, 0, all, size, some.length);
        }
        Arrays.sort(all);
        assertThat(sum).isEqualTo(LengthCounts.of(all));
        assertThat(sum.values()).isEqualTo(all);
        assertThat(sum.different()).isLessThan(50);
        assertThat(sum.quantile(0.99)).isEqualTo(all[(int) StrictMath.ceil(0.99 * all.length) - 1]);
    }
}
