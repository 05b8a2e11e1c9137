package plescope.analysis.compare;

import java.util.Arrays;
import java.util.stream.IntStream;

/** What one side shows of a measure, cell by cell, so that any choice of cells can be measured again. */
interface Series {
    /** Events behind it, which limit what it can tell. */
    long events();

    /** The level over cells, each counted as often as its weight; NaN where those hold nothing. */
    double level(int[] weights);

    /** The value as people read it, of a level over all cells. */
    double value();

    /** Least variance of the level that so few events can have. */
    double leastVariance();

    /** The value, its spread and its drift. */
    default Estimate estimate(TimeGrid grid, BlockBootstrap bootstrap) {
        int[] all = new int[grid.cells()];
        int[] first = new int[grid.cells()];
        int[] second = new int[grid.cells()];
        for (int cell = 0; cell < all.length; cell++) {
            all[cell] = 1;
            (cell < all.length / 2 ? first : second)[cell] = 1;
        }
        return new Estimate(
                value(),
                level(all),
                Math.max(leastVariance(), spread(grid, bootstrap)),
                grid.blocks() - 1.0,
                Math.abs(level(first) - level(second)));
    }

    private double spread(TimeGrid grid, BlockBootstrap bootstrap) {
        double[] levels = IntStream.range(0, bootstrap.resamples())
                .mapToDouble(i -> level(bootstrap.weights(i)))
                .filter(level -> !Double.isNaN(level))
                .toArray();
        double mean = Arrays.stream(levels).average().orElse(Double.NaN);
        double squares = Arrays.stream(levels)
                .map(level -> (level - mean) * (level - mean))
                .sum();
        // Resampled means of n blocks vary by (n - 1) / n of what means of n blocks do.
        double blocks = grid.blocks();
        return levels.length < 2 ? Double.NaN : squares / (levels.length - 1) * blocks / (blocks - 1);
    }
}
