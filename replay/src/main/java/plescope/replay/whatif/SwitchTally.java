package plescope.replay.whatif;

import java.util.Arrays;

/** Context switches by the thread switched to, in time slices: while a log is read, nobody knows yet which threads are vCPUs. */
final class SwitchTally {
    private static final int FREE = -1;

    private int[] tids = new int[64];
    private SlicedCounts[] counts = new SlicedCounts[64];
    private int used;
    private boolean any;

    SwitchTally() {
        Arrays.fill(tids, FREE);
    }

    void add(int tid, long timeNs) {
        any = true;
        if (tid <= 0) {
            // The idle task, or nobody knows whom.
            return;
        }
        int slot = slot(tid);
        if (tids[slot] == FREE) {
            if (++used * 2 > tids.length) {
                grow();
                slot = slot(tid);
            }
            tids[slot] = tid;
            counts[slot] = new SlicedCounts(1);
        }
        counts[slot].add(0, timeNs, 1);
    }

    /** Whether the schedule shows context switches at all. */
    boolean any() {
        return any;
    }

    /** The widest slices in use, as a power of two in nanoseconds. */
    int shift() {
        int widest = 0;
        for (int i = 0; i < tids.length; i++) {
            widest = tids[i] == FREE ? widest : Math.max(widest, counts[i].shift());
        }
        return widest;
    }

    /** Switches to that thread in slices {@code from} to {@code to} - 1 of the width {@code atShift}. */
    long to(int tid, int atShift, int from, int to) {
        int slot = slot(tid);
        return tids[slot] == FREE ? 0 : counts[slot].sum(0, atShift, from, to);
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
        SlicedCounts[] oldCounts = counts;
        tids = new int[2 * oldTids.length];
        counts = new SlicedCounts[tids.length];
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
