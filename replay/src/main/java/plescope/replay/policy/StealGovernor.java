package plescope.replay.policy;

/**
 * Decides for one guest how many of its cores are preferred: fewer while the host steals much, more again when it steals
 * little. One core per decision, and only on the second sample of the same direction.
 */
final class StealGovernor {
    private final long high;
    private final long low;
    private final boolean useDirection;
    private Direction previous = Direction.NONE;

    private enum Direction {
        HIGH,
        LOW,
        NONE
    }

    /**
     * @param high steal above which cores are given up, 0.01 %
     * @param low steal up to which cores are taken back, 0.01 %
     * @param useDirection whether a direction must be seen twice
     */
    StealGovernor(long high, long low, boolean useDirection) {
        this.high = high;
        this.low = low;
        this.useDirection = useDirection;
    }

    /**
     * A sample of steal time over capacity, in 0.01 %.
     *
     * @return -1 to give up cores, 1 to take some back, 0 for neither
     */
    int sample(long ratio) {
        Direction now = ratio > high ? Direction.HIGH : ratio <= low ? Direction.LOW : Direction.NONE;
        boolean confirmed = !useDirection || now == previous;
        previous = now;
        return switch (now) {
            case HIGH -> confirmed ? -1 : 0;
            case LOW -> confirmed ? 1 : 0;
            case NONE -> 0;
        };
    }
}
