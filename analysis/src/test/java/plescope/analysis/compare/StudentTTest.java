package plescope.analysis.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StudentTTest {
    @Test
    void oneDegreeIsCauchys() {
        // P(|T| > 1) = 1 - 2 atan(1) / pi = 1/2
        assertThat(StudentT.twoSided(1, 1)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void twoDegreesHaveAClosedForm() {
        // P(|T| > t) = 1 - t / sqrt(2 + t^2): t = 1 gives 1 - 1 / sqrt(3)
        assertThat(StudentT.twoSided(1, 2)).isCloseTo(1 - 1 / Math.sqrt(3), within(1e-9));
    }

    @Test
    void quantilesAreThoseOfTheTables() {
        assertThat(StudentT.quantile(0.95, 10)).isCloseTo(2.2281, within(1e-4));
        assertThat(StudentT.quantile(0.95, 1)).isCloseTo(12.7062, within(1e-4));
        assertThat(StudentT.quantile(0.90, 38)).isCloseTo(1.6860, within(1e-4));
    }

    @Test
    void nothingDiffersFromNothingBySurprise() {
        assertThat(StudentT.twoSided(0, 5)).isEqualTo(1);
        assertThat(StudentT.twoSided(Double.POSITIVE_INFINITY, 5)).isZero();
    }
}
