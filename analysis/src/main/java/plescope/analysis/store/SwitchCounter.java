package plescope.analysis.store;

import plescope.replay.model.ByTid;

/** Counts context switches by the thread switched to, without allocation per switch. */
public final class SwitchCounter {
    private final ByTid<long[]> counts = new ByTid<>();
    private long total;

    void add(int tid) {
        total++;
        if (tid < 0) {
            return;
        }
        long[] count = counts.get(tid);
        if (count == null) {
            count = new long[1];
            counts.put(tid, count);
        }
        count[0]++;
    }

    /** All switches, unknown threads included. */
    public long total() {
        return total;
    }

    /** Switches to a thread. */
    public long to(int tid) {
        long[] count = tid < 0 ? null : counts.get(tid);
        return count == null ? 0 : count[0];
    }
}
