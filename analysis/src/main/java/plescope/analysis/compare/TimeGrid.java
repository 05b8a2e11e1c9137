package plescope.analysis.compare;

/**
 * How a schedule's time is cut: into blocks, which are resampled whole because events within one depend on each other, and those into
 * cells, so that a block may begin anywhere.
 *
 * <p>A block is a twentieth of the time, and no less than 50 ms: a tenth of a second holds some thirty time slices of a CFS or EEVDF
 * host, and lock convoys form and break up within a few of those; fewer than {@link #FEWEST_BLOCKS} say nothing about their spread.
 *
 * @param fromNs begin, nanoseconds from the first event
 * @param cellNs length of a cell
 * @param cells how many there are; a rest shorter than a cell is left out
 */
public record TimeGrid(long fromNs, long cellNs, int cells) {
    /** Cells to a block. */
    public static final int BLOCK_CELLS = 10;

    /** With fewer, a difference cannot be told from chance. */
    public static final int FEWEST_BLOCKS = 8;

    private static final int MOST_BLOCKS = 20;
    private static final long SHORTEST_BLOCK_NS = 50_000_000;

    /** The grid over {@code [fromNs, toNs)}. */
    public static TimeGrid over(long fromNs, long toNs) {
        long spanNs = Math.max(0, toNs - fromNs);
        long blockNs = Math.max(SHORTEST_BLOCK_NS, spanNs / MOST_BLOCKS);
        long cellNs = blockNs / BLOCK_CELLS;
        return new TimeGrid(fromNs, cellNs, Math.toIntExact(spanNs / cellNs));
    }

    /** Length of a block, nanoseconds. */
    public long blockNs() {
        return cellNs * BLOCK_CELLS;
    }

    /** Whole blocks that fit. */
    public int blocks() {
        return cells / BLOCK_CELLS;
    }

    /** Whether there are enough blocks to judge by. */
    public boolean isLongEnough() {
        return blocks() >= FEWEST_BLOCKS;
    }
}
