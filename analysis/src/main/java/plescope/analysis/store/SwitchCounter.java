package plescope.analysis.store;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Counts context switches by the thread switched to: a small open-addressing table, no allocation per switch. */
public final class SwitchCounter {
    private static final int FREE = -1;

    private int[] tids = new int[64];
    private long[] counts = new long[64];
    private int used;
    private long total;

    SwitchCounter() {
        Arrays.fill(tids, FREE);
    }

    void add(int tid) {
        total++;
        if (tid < 0) {
            return;
        }
        int slot = slot(tid);
        if (tids[slot] == FREE) {
            tids[slot] = tid;
            used++;
        }
        counts[slot]++;
        if (used * 2 > tids.length) {
            grow();
        }
    }

    /** All switches, unknown threads included. */
    public long total() {
        return total;
    }

    /** Switches to threads that satisfy the condition. */
    public long to(IntPredicate isThread) {
        long sum = 0;
        for (int i = 0; i < tids.length; i++) {
            if (tids[i] != FREE && isThread.test(tids[i])) {
                sum += counts[i];
            }
        }
        return sum;
    }

    private int slot(int tid) {
        int mask = tids.length - 1;
        int slot = ((tid * 0x9E3779B9) >>> 8) & mask;
        while (tids[slot] != FREE && tids[slot] != tid) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldTids = tids;
        long[] oldCounts = counts;
        tids = new int[oldTids.length * 2];
        counts = new long[tids.length];
        Arrays.fill(tids, FREE);
        for (int i = 0; i < oldTids.length; i++) {
            if (oldTids[i] != FREE) {
                int slot = slot(oldTids[i]);
                tids[slot] = oldTids[i];
                counts[slot] = oldCounts[i];
            }
        }
    }
}
