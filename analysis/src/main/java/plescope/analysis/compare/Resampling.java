package plescope.analysis.compare;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Resamples of one recording by blocks of one length and by blocks twice as long.
 *
 * <p>What reaches across the ends of blocks is lost, so variances come out too small, by a share that falls as blocks grow: twice the
 * variance by long blocks less that by short ones is free of it (the trapezoid window of Politis and Romano 1995). The greater of that
 * and the plain one is taken: too wide an interval misleads less.
 */
final class Resampling {
    private final TimeGrid grid;
    private final BlockBootstrap shorter;
    private final BlockBootstrap longer;

    Resampling(TimeGrid grid, int resamples, SplittableRandom random) {
        this.grid = grid;
        int enough = grid.isLongEnough() ? resamples : 0;
        this.shorter = new BlockBootstrap(grid.cells(), TimeGrid.BLOCK_CELLS, enough, random.split());
        this.longer = new BlockBootstrap(grid.cells(), 2 * TimeGrid.BLOCK_CELLS, enough, random.split());
    }

    /** Degrees of freedom: of the long blocks, less one. */
    double degrees() {
        return grid.blocks() / 2.0 - 1;
    }

    /** Variance of a series' level. */
    double variance(Series series) {
        double plain = variance(series, shorter, grid.blocks());
        return Math.max(plain, 2 * variance(series, longer, grid.blocks() / 2.0) - plain);
    }

    private static double variance(Series series, BlockBootstrap bootstrap, double blocks) {
        double[] levels = IntStream.range(0, bootstrap.resamples())
                .mapToDouble(i -> series.level(bootstrap.weights(i)))
                .filter(level -> !Double.isNaN(level))
                .toArray();
        double mean = Arrays.stream(levels).average().orElse(Double.NaN);
        double squares = Arrays.stream(levels)
                .map(level -> (level - mean) * (level - mean))
                .sum();
        // Resampled means of n blocks vary by (n - 1) / n of what means of n blocks do.
        return levels.length < 2 ? Double.NaN : squares / (levels.length - 1) * blocks / (blocks - 1);
    }
}
