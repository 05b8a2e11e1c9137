package plescope.replay.whatif;

import plescope.replay.model.ByTid;

/** Context switches by the thread switched to, in time slices: while a log is read, nobody knows yet which threads are vCPUs. */
final class SwitchTally {
    private final ByTid<SlicedCounts> counts = new ByTid<>();
    private boolean any;

    void add(int tid, long timeNs) {
        any = true;
        if (tid <= 0) {
            // The idle task, or nobody knows whom.
            return;
        }
        SlicedCounts of = counts.get(tid);
        if (of == null) {
            of = new SlicedCounts(1);
            counts.put(tid, of);
        }
        of.add(0, timeNs, 1);
    }

    /** Whether the schedule shows context switches at all. */
    boolean any() {
        return any;
    }

    /** The widest slices in use, as a power of two in nanoseconds. */
    int shift() {
        int[] widest = {0};
        counts.forEach(tid -> true, (of, tid) -> widest[0] = Math.max(widest[0], of.shift()));
        return widest[0];
    }

    /** Switches to that thread in slices {@code from} to {@code to} - 1 of the width {@code atShift}. */
    long to(int tid, int atShift, int from, int to) {
        SlicedCounts of = counts.get(tid);
        return of == null ? 0 : of.sum(0, atShift, from, to);
    }
}
