package plescope.replay.spin;

import java.util.Arrays;

/** The last departure from a loop before each lull of {@link LoopWaits}. */
final class Departures {
    private long[] leftNs = new long[8];
    private int[] loop = new int[8];
    private int[] slot = new int[8];

    /** The last one, at a slot of its {@link LoopWaits}; {@code Long.MIN_VALUE} where there was none. */
    void found(int lull, long atNs, int fromLoop, int inSlot) {
        if (lull >= slot.length) {
            leftNs = Arrays.copyOf(leftNs, 2 * lull);
            loop = Arrays.copyOf(loop, 2 * lull);
            slot = Arrays.copyOf(slot, 2 * lull);
        }
        leftNs[lull] = atNs;
        loop[lull] = fromLoop;
        slot[lull] = inSlot;
    }

    long leftNs(int lull) {
        return leftNs[lull];
    }

    int loop(int lull) {
        return loop[lull];
    }

    int slot(int lull) {
        return slot[lull];
    }
}
