package plescope.replay.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasuresOverTimeTest {
    private static Measures measures(double throughput, double steal, int... bursts) {
        Map<Measure, Double> of = Map.of(Measure.THROUGHPUT, throughput, Measure.STEAL, steal);
        return new Measures(List.of(of), of, List.of(LengthCounts.of(bursts)));
    }

    /** 2 s at 1 and 6 s at 3 are 20 s of work in 8 s. */
    @Test
    void ratesAreRatiosOfSums() {
        MeasuresOverTime whole = new MeasuresOverTime();
        whole.add(measures(1, 10), 2_000);
        whole.add(measures(3, 50), 6_000);
        assertThat(whole.measures().of(0, Measure.THROUGHPUT)).isCloseTo(2.5, within(1e-12));
        assertThat(whole.measures().host()).containsEntry(Measure.STEAL, 40.0);
    }

    /** The first window shows no steal: the second's stands for the whole. */
    @Test
    void whatAWindowDoesNotShowLeavesOutItsTime() {
        MeasuresOverTime whole = new MeasuresOverTime();
        whole.add(measures(1, Double.NaN), 9_000);
        whole.add(measures(1, 30), 1_000);
        assertThat(whole.measures().of(0, Measure.STEAL)).isEqualTo(30);
        assertThat(whole.measures().of(0, Measure.BURST_MEAN)).isNaN();
    }

    /** 1, 2, 4 and 5 exits: three on average, the longest at the 99th percentile by nearest rank. */
    @Test
    void burstsOfAllWindowsAreOneList() {
        MeasuresOverTime whole = new MeasuresOverTime();
        whole.add(measures(1, 1, 2, 5), 1_000);
        whole.add(measures(1, 1, 1, 4), 9_000);
        Measures all = whole.measures();
        assertThat(all.burstLengths()).containsExactly(LengthCounts.of(5, 2, 4, 1));
        assertThat(all.of(0, Measure.BURST_MEAN)).isEqualTo(3);
        assertThat(all.host()).containsEntry(Measure.BURST_P99, 5.0);
    }

    @Test
    void aSingleScheduleStaysWhatItIs() {
        MeasuresOverTime whole = new MeasuresOverTime();
        Measures only = measures(0.1, 0.3, 7);
        whole.add(only, 3);
        assertThat(whole.measures()).isSameAs(only);
    }
}
