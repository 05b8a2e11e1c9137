package plescope.analysis.compare;

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
    default Estimate estimate(TimeGrid grid, Resampling resampling) {
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
                Math.max(leastVariance(), resampling.variance(this)),
                resampling.degrees(),
                Math.abs(level(first) - level(second)));
    }
}
