package plescope.analysis.compare;

import java.util.SplittableRandom;

/**
 * Circular block bootstrap over cells of time: each resample strings random blocks of neighbouring cells together until it is as long
 * as the original, so that dependence within a block stays as it was. Politis and Romano 1992.
 *
 * <p>All measures of a schedule share the same resamples.
 */
final class BlockBootstrap {
    private final int[][] weights;

    /**
     * Draws the resamples.
     *
     * @param cells number of cells, at least {@code blockCells}
     * @param blockCells neighbouring cells to a block
     */
    BlockBootstrap(int cells, int blockCells, int resamples, SplittableRandom random) {
        weights = new int[resamples][cells];
        for (int[] weight : weights) {
            int drawn = 0;
            while (drawn < cells) {
                int start = random.nextInt(cells);
                for (int i = 0; i < blockCells && drawn < cells; i++) {
                    weight[(start + i) % cells]++;
                    drawn++;
                }
            }
        }
    }

    int resamples() {
        return weights.length;
    }

    /** How often each cell occurs in a resample; not to be changed. */
    int[] weights(int resample) {
        return weights[resample];
    }
}
