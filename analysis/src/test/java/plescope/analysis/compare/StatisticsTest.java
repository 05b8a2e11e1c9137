package plescope.analysis.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The statistics one by one, against arithmetic by hand. */
class StatisticsTest {
    @Test
    void chancesAreCorrectedByTheirRank() {
        // ascending 0.005 0.01 0.03 0.04, times 4 / rank: 0.02 0.02 0.04 0.04
        assertThat(FalseDiscoveryRate.adjusted(List.of(0.01, 0.04, 0.03, 0.005)))
                .containsExactly(new double[] {0.02, 0.04, 0.04, 0.02}, within(1e-12));
    }

    @Test
    void aCorrectedChanceIsNoGreaterThanThatOfTheNextRank() {
        // 0.04 * 2 / 1 = 0.08, but 0.05 * 2 / 2 = 0.05
        assertThat(FalseDiscoveryRate.adjusted(List.of(0.04, 0.05))).containsExactly(0.05, 0.05);
    }

    @Test
    void cliffsDeltaCountsPairsAndNotTies() {
        // of 9 pairs 4 have the greater in b, 1 has it in a, 4 are ties
        assertThat(CliffsDelta.of(new long[] {2, 1}, new long[] {1, 2})).isCloseTo(3.0 / 9, within(1e-12));
        assertThat(CliffsDelta.of(new long[] {0, 5}, new long[] {7, 0})).isEqualTo(-1);
    }

    @Test
    void aResampleIsAsLongAsTheOriginalAndMadeOfWholeBlocks() {
        BlockBootstrap bootstrap = new BlockBootstrap(40, 10, 100, new SplittableRandom(1));
        for (int i = 0; i < bootstrap.resamples(); i++) {
            int[] weights = bootstrap.weights(i);
            assertThat(Arrays.stream(weights).sum()).isEqualTo(40);
            // Four blocks: from one cell to the next the weight changes at most where one of them begins or ends.
            int changes = 0;
            for (int cell = 0; cell < 40; cell++) {
                changes += Math.abs(weights[cell] - weights[(cell + 1) % 40]);
            }
            assertThat(changes).isLessThanOrEqualTo(8);
        }
    }

    @Test
    void aBlockOfAllCellsVariesNothing() {
        assertThat(new BlockBootstrap(6, 6, 3, new SplittableRandom(7)).weights(2))
                .containsOnly(1);
    }

    @Test
    void ratesAreEventsPerSecondWithHalfAnEventMoreInTheirLogarithm() {
        RateSeries rate = new RateSeries(new long[] {2, 0}, new double[] {0.5, 0.5}, 1);
        assertThat(rate.value()).isEqualTo(2);
        assertThat(rate.level(new int[] {1, 1})).isCloseTo(Math.log(2.5), within(1e-12));
        // the first cell twice: 4.5 events in 1 s
        assertThat(rate.level(new int[] {2, 0})).isCloseTo(Math.log(4.5), within(1e-12));
        // two events have at least the variance of Poisson's: 1 / 2.5
        assertThat(rate.leastVariance()).isEqualTo(0.4);
    }

    @Test
    void sharesAreOfAllWholesTogether() {
        ShareSeries share = new ShareSeries(new long[] {1, 3}, new long[] {10, 10});
        assertThat(share.value()).isEqualTo(20);
        assertThat(share.level(new int[] {0, 2})).isCloseTo(30, within(1e-12));
        assertThat(share.level(new int[] {0, 0})).isNaN();
    }

    @Test
    void quantilesLieBetweenTheEndsOfTheirBin() {
        LengthCells cells = new LengthCells(2);
        // bin 160 begins at 2^10 ns; the median of four in it lies half way on a log scale: 1024 * 2^(1/32) = 1046.4 ns
        cells.add(0, 160, 3);
        cells.add(1, 160, 1);
        assertThat(cells.quantile(0.5).value()).isCloseTo(1.0464, within(1e-4));
        // with 4 of 2^11 ns the median is the upper end of the first bin: 1024 * 2^(1/16) = 1069.3 ns
        cells.add(1, 176, 4);
        assertThat(cells.quantile(0.5).value()).isCloseTo(1.0693, within(1e-4));
        assertThat(cells.quantile(0.5).events()).isEqualTo(8);
    }

    @Test
    void withinRecordingsSpreadsAddAndTheirDegreesToo() {
        // sqrt(0.04 + 0.05) = 0.3; (0.09)^2 / (0.0016 / 9 + 0.0025 / 9) = 17.78
        Contrast contrast =
                Contrast.of(List.of(new Estimate(1, 1.0, 0.04, 9, 0.1)), List.of(new Estimate(1, 1.6, 0.05, 9, 0.2)));
        assertThat(contrast.level()).isCloseTo(0.6, within(1e-12));
        assertThat(contrast.variance()).isCloseTo(0.09, within(1e-12));
        assertThat(contrast.degrees()).isCloseTo(17.78, within(0.01));
        assertThat(contrast.drift()).isEqualTo(0.2);
        assertThat(contrast.reach(0.95)).isCloseTo(StudentT.quantile(0.95, contrast.degrees()) * 0.3, within(1e-12));
    }

    @Test
    void repeatsThatDifferMoreThanTheirBlocksDecide() {
        // squares 0.02 + 0.02, over 2 degrees 0.02, times 1/2 + 1/2; t = 1 / sqrt(0.02) = 7.07; 1 - 7.07 / sqrt(52) =
        // 0.0194
        Contrast contrast = Contrast.of(
                List.of(new Estimate(1, 1.0, 0.001, 9, 5), new Estimate(1, 1.2, 0.001, 9, 5)),
                List.of(new Estimate(1, 2.0, 0.001, 9, 5), new Estimate(1, 2.2, 0.001, 9, 5)));
        assertThat(contrast.variance()).isCloseTo(0.02, within(1e-12));
        assertThat(contrast.degrees()).isEqualTo(2);
        assertThat(contrast.chance()).isCloseTo(0.0194, within(1e-4));
        assertThat(contrast.drift()).isZero();
    }

    @Test
    void blocksAreATwentiethOfTheTimeAndNoLessThanFiftyMilliseconds() {
        assertThat(TimeGrid.over(0, 2_000_000_000)).isEqualTo(new TimeGrid(0, 10_000_000, 200));
        assertThat(TimeGrid.over(0, 500_000_000).blocks()).isEqualTo(10);
        assertThat(TimeGrid.over(0, 399_000_000).isLongEnough()).isFalse();
    }
}
