package plescope.replay.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampledMeasuresTest {
    private static Measures metered() {
        return new Measures(
                List.of(
                        Map.of(Measure.THROUGHPUT, 1.6, Measure.SPIN, 0.0, Measure.SWITCHES, 250.0),
                        Map.of(Measure.THROUGHPUT, 0.4, Measure.SPIN, 0.0)),
                Map.of(Measure.THROUGHPUT, 2.0, Measure.SPIN, 0.0),
                List.of(LengthCounts.NONE, LengthCounts.NONE));
    }

    /** 1.6 s/s of guest time, a quarter of it work: 0.4, and 1.2 are spin. The other VM was not seen to spin. */
    @Test
    void whatIsNoWorkIsSpin() {
        Measures told = SampledMeasures.of(metered(), List.of(0.25, 1.0));
        assertThat(told.of(0, Measure.THROUGHPUT)).isEqualTo(0.4, within(1e-9));
        assertThat(told.of(0, Measure.SPIN)).isEqualTo(1.2, within(1e-9));
        assertThat(told.of(0, Measure.SWITCHES)).isEqualTo(250.0);
        assertThat(told.of(1, Measure.THROUGHPUT)).isEqualTo(0.4);
        assertThat(told.host().get(Measure.THROUGHPUT)).isEqualTo(0.8, within(1e-9));
    }
}
