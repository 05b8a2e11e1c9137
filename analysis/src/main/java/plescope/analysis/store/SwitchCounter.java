package plescope.analysis.store;

import java.util.function.IntPredicate;
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

    /** Switches to threads that satisfy the condition. */
    public long to(IntPredicate isThread) {
        long[] sum = {0};
        counts.forEach(isThread, (count, tid) -> sum[0] += count[0]);
        return sum[0];
    }
}
