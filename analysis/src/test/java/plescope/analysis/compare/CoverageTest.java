package plescope.analysis.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Intervals and verdicts over many pairs whose truth is known. */
class CoverageTest {
    private static final int PAIRS = 300;
    private static final int RESAMPLES = 200;

    @Test
    void intervalsOfNinetyPercentHoldTheTruthAboutThatOften() {
        SplittableRandom random = new SplittableRandom(20);
        double truth = Math.log(1.5);
        int held = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            Contrast contrast = contrast(8, 12, random);
            held += Math.abs(contrast.level() - truth) <= contrast.reach(0.9) ? 1 : 0;
        }
        assertThat(held).isBetween(85 * PAIRS / 100, 95 * PAIRS / 100);
    }

    @Test
    void rareEventsAreHeldToo() {
        SplittableRandom random = new SplittableRandom(21);
        int held = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            // twelve events on each side
            Contrast contrast = contrast(0.06, 0.06, random);
            held += Math.abs(contrast.level()) <= contrast.reach(0.9) ? 1 : 0;
        }
        assertThat(held).isGreaterThanOrEqualTo(85 * PAIRS / 100);
    }

    @Test
    void equalSidesAreSeldomCalledDifferent() {
        SplittableRandom random = new SplittableRandom(22);
        Criteria any = new Criteria(0.95, 0.05, 0, 0, RESAMPLES, 1);
        int wrong = 0;
        int pairs = 100;
        for (int pair = 0; pair < pairs; pair++) {
            Side a = SyntheticSides.side(20, 8, random, Map.of());
            Side b = SyntheticSides.side(20, 8, random, Map.of());
            Comparison comparison = SideBySide.compare(List.of(a), List.of(b), Map.of(), any);
            wrong += comparison.changes().isEmpty() ? 0 : 1;
        }
        // Of equal sides any discovery is a false one: five pairs in a hundred may have some.
        assertThat(wrong).isLessThanOrEqualTo(5);
    }

    @Test
    void repeatsKeepRunToRunVariationFromLookingLikeAChange() {
        SplittableRandom random = new SplittableRandom(23);
        int alone = 0;
        int repeated = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            // From one recording to the next the mean rate varies by a fifth, on both sides alike.
            List<Estimate> a = List.of(recording(random), recording(random), recording(random));
            List<Estimate> b = List.of(recording(random), recording(random), recording(random));
            alone += Contrast.of(a.subList(0, 1), b.subList(0, 1)).chance() < 0.05 ? 1 : 0;
            repeated += Contrast.of(a, b).chance() < 0.05 ? 1 : 0;
        }
        assertThat(alone).isGreaterThan(30 * PAIRS / 100);
        assertThat(repeated).isLessThan(8 * PAIRS / 100);
    }

    private static Estimate recording(SplittableRandom random) {
        return estimate(8 * Math.exp(0.2 * random.nextGaussian()), random);
    }

    private static Contrast contrast(double a, double b, SplittableRandom random) {
        return Contrast.of(List.of(estimate(a, random)), List.of(estimate(b, random)));
    }

    private static Estimate estimate(double mean, SplittableRandom random) {
        BlockBootstrap bootstrap =
                new BlockBootstrap(SyntheticSides.CELLS, TimeGrid.BLOCK_CELLS, RESAMPLES, random.split());
        return SyntheticSides.rate(mean, random).estimate(SyntheticSides.GRID, bootstrap);
    }
}
