package plescope.replay.policy;

/**
 * By how much W. Li's debooster moves a yielder: at least one granularity, more where the target lies far behind, less on
 * crowded queues.
 */
final class DeboostPenalty {
    /** Largest queue of each class but the last. */
    private static final int[] CLASS_ENDS = {2, 3, 6, 8, 12};

    /** Names of the classes in parameters. */
    static final String[] CLASSES = {"2", "3", "4to6", "7to8", "9to12", "13up"};

    private final long needWeight;
    private final long[] caps;
    private final long[] zeroGap;
    private final boolean liveZeroGap;

    /**
     * @param needWeight share of the distance to the target that is added, ten-thousandths
     * @param caps most granularities for the {@link #CLASSES} of queued threads, ten-thousandths
     * @param zeroGap granularities where the target is not behind, for the same classes
     * @param liveZeroGap whether {@code zeroGap} may go below one granularity. In the patch it cannot: the clamp before it has
     *     raised the penalty already
     */
    DeboostPenalty(long needWeight, long[] caps, long[] zeroGap, boolean liveZeroGap) {
        this.needWeight = needWeight;
        this.caps = caps;
        this.zeroGap = zeroGap;
        this.liveZeroGap = liveZeroGap;
    }

    /**
     * The penalty, in virtual time.
     *
     * @param need how far the target lies behind the yielder, not negative
     * @param queued runnable threads of the common queue
     * @param granularity the base slice as virtual time of the yielder
     * @param reversed whether the target yielded to the yielder a moment ago
     */
    long of(long need, int queued, long granularity, boolean reversed) {
        long penalty = granularity + times(need, needWeight);
        if (reversed) {
            penalty = Math.min(penalty, Math.max(need, granularity));
        }
        int size = sizeClass(queued);
        long floor = granularity;
        if (need == 0 && liveZeroGap) {
            penalty = times(granularity, zeroGap[size]);
            floor = penalty;
        }
        penalty = Math.max(floor, Math.min(penalty, times(granularity, caps[size])));
        return need == 0 ? Math.max(penalty, times(granularity, zeroGap[size])) : penalty;
    }

    private static long times(long ns, long ratio) {
        return ns * ratio / Parameter.ONE;
    }

    private static int sizeClass(int queued) {
        int size = 0;
        while (size < CLASS_ENDS.length && queued > CLASS_ENDS[size]) {
            size++;
        }
        return size;
    }
}
