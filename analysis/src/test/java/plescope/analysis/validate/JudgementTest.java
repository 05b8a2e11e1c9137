package plescope.analysis.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.whatif.LengthCounts;
import plescope.replay.whatif.Measure;
import plescope.replay.whatif.Prediction;
import plescope.replay.whatif.Verdict;

final class JudgementTest {
    /** Measured 0.5, beyond the noise of single recordings: 40 to 60 against 80 to 120. */
    private static final Pair HALVED = Pair.measuredOnce("a", "one", "two", 100, 50);

    /** Measured 1.1, within it: 0.73 to 1.65. */
    private static final Pair ALIKE = Pair.measuredOnce("a", "one", "two", 100, 110);

    private static Prediction predicted(double ratio, Verdict verdict) {
        return new Prediction(
                0, Measure.THROUGHPUT, 1, 1, ratio, ratio, ratio * 0.9, ratio * 1.1, ratio, ratio, 0, 0.2, 1, verdict);
    }

    private static Comparison compared(Pair pair, double ratio, Verdict verdict) {
        Prediction throughput = predicted(ratio, verdict);
        return new Comparison(
                pair, "x", throughput, predicted(0.5, Verdict.LOWER), 0.4, Judgement.of(pair, throughput), "");
    }

    @Test
    void aClaimIsRightByItsSignWhereTheMeasuredChangeIsBeyondNoise() {
        assertThat(Judgement.of(HALVED, predicted(0.9, Verdict.LOWER))).isEqualTo(Judgement.RIGHT);
        assertThat(Judgement.of(HALVED, predicted(1.3, Verdict.HIGHER))).isEqualTo(Judgement.WRONG);
        assertThat(Judgement.of(HALVED, predicted(1.3, Verdict.NOT_DISTINGUISHABLE)))
                .isEqualTo(Judgement.NOT_DISTINGUISHABLE);
    }

    @Test
    void aClaimWhereRepeatsShowNoneIsWrongOnlyBeyondTheirRange() {
        assertThat(Judgement.of(ALIKE, predicted(1.6, Verdict.HIGHER))).isEqualTo(Judgement.WITHIN_NOISE);
        assertThat(Judgement.of(ALIKE, predicted(2.0, Verdict.HIGHER))).isEqualTo(Judgement.WRONG);
        assertThat(Judgement.of(ALIKE, predicted(0.5, Verdict.LOWER))).isEqualTo(Judgement.WRONG);
        assertThat(Judgement.of(ALIKE, predicted(2.0, Verdict.NOT_DISTINGUISHABLE)))
                .isEqualTo(Judgement.WITHIN_NOISE);
    }

    @Test
    void whatALogCannotAnswerIsNotWrong() {
        Comparison none = compared(HALVED, 9, Verdict.SPIN_NOT_RECORDED);
        assertThat(none.judgement()).isEqualTo(Judgement.CANNOT_ANSWER);
        assertThat(none.error()).isNaN();
        assertThat(new PairSummary(List.of(none)).beyondNoise()).isZero();
    }

    /**
     * Predicted 0.4, 1 and 2 where 0.5, 0.5 and 1.1 were measured: errors ln 0.8 = -0.223, ln 2 = 0.693, ln 1.818 = 0.598. Of the two
     * beyond noise the first has the sign. Slope: (ln .4 ln .5 + 0 + ln 2 ln 1.1) / (ln^2 .4 + ln^2 2) = 0.7012 / 1.3201.
     */
    @Test
    void theSummaryCountsSignsAndErrors() {
        PairSummary summary = new PairSummary(List.of(
                compared(HALVED, 0.4, Verdict.LOWER),
                compared(HALVED, 1, Verdict.NOT_DISTINGUISHABLE),
                compared(ALIKE, 2, Verdict.HIGHER),
                compared(HALVED, 9, Verdict.SPIN_NOT_RECORDED)));
        assertThat(summary.answered()).isEqualTo(3);
        assertThat(summary.beyondNoise()).isEqualTo(2);
        assertThat(summary.signRight()).isEqualTo(1);
        assertThat(summary.medianError()).isEqualTo(0.5978, within(1e-4));
        assertThat(summary.worst().throughput().ratio()).isEqualTo(1);
        assertThat(summary.withinFactorTwo()).isEqualTo(3);
        assertThat(summary.count(Judgement.WRONG)).isEqualTo(1);
        assertThat(summary.slope()).isEqualTo(0.5312, within(1e-4));
        // predicted 0.5, measured 0.4
        assertThat(summary.medianExitError()).isEqualTo(Math.log(1.25), within(1e-12));
    }

    @Test
    void aNullPairIsInertWhereNothingIsClaimed() {
        Pair null1 =
                new Pair("n", "ple_window", "on -> off (null pair)", "a", ALIKE.a(), ALIKE.b(), ALIKE.ratio(), false);
        PairSummary summary = new PairSummary(List.of(
                compared(null1, 1.01, Verdict.NOT_DISTINGUISHABLE),
                compared(null1, 1.3, Verdict.NOT_DISTINGUISHABLE),
                compared(null1, 1.05, Verdict.HIGHER)));
        assertThat(summary.nullPairs()).isEqualTo(3);
        assertThat(summary.inertNullPairs()).isEqualTo(1);
    }

    /** {1, 1, 2} and {1, 2, 2, 3}: at 1, 2/3 against 1/4; at 2, 1 against 3/4. */
    @Test
    void distributionsDifferByTheGreatestGapBetweenThem() {
        assertThat(KolmogorovSmirnov.distance(LengthCounts.of(1, 1, 2), LengthCounts.of(1, 2, 2, 3)))
                .isEqualTo(2 / 3.0 - 0.25, within(1e-12));
        assertThat(KolmogorovSmirnov.distance(LengthCounts.of(1, 2), LengthCounts.of(5, 6, 7)))
                .isEqualTo(1);
        assertThat(KolmogorovSmirnov.distance(LengthCounts.of(4, 4, 9), LengthCounts.of(4, 4, 9)))
                .isZero();
        assertThat(KolmogorovSmirnov.distance(LengthCounts.NONE, LengthCounts.of(4)))
                .isNaN();
    }

    @Test
    void identityErrorsAreMarkedAgainstTheirTargets() {
        IdentityError error = new IdentityError("t", "a", "s", 0.04, -0.31, 0.2, 0.16, Double.NaN, -2.1, 0);
        assertThat(error.missed()).containsExactly("ple_exits", "bursts", "cpu_share");
    }
}
