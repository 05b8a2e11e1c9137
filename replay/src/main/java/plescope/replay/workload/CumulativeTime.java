package plescope.replay.workload;

import java.util.Arrays;

/**
 * How much time a vCPU had spent in one state by any recorded moment. Over GUEST intervals this is the work offset: the bridge
 * from clock times, where waits were seen to end, to amounts of work, which hold under any schedule.
 */
final class CumulativeTime {
    private long[] startNs = new long[64];
    private long[] endNs = new long[64];
    private long[] before = new long[64];
    private int size;
    private long total;

    /** Appends an interval; intervals come in time order and do not overlap. */
    void add(long start, long end) {
        if (end == start) {
            return;
        }
        if (size == startNs.length) {
            startNs = Arrays.copyOf(startNs, size * 2);
            endNs = Arrays.copyOf(endNs, size * 2);
            before = Arrays.copyOf(before, size * 2);
        }
        startNs[size] = start;
        endNs[size] = end;
        before[size] = total;
        total += end - start;
        size++;
    }

    /** Time spent in the state before {@code timeNs}. */
    long at(long timeNs) {
        int found = Arrays.binarySearch(startNs, 0, size, timeNs);
        int index = found >= 0 ? found : -found - 2;
        return index < 0 ? 0 : before[index] + Math.min(timeNs, endNs[index]) - startNs[index];
    }

    /** Time spent in the state between two moments. */
    long between(long fromNs, long toNs) {
        return at(toNs) - at(fromNs);
    }

    long total() {
        return total;
    }

    /** Number of intervals. */
    int size() {
        return size;
    }

    long startNs(int interval) {
        return startNs[interval];
    }

    long endNs(int interval) {
        return endNs[interval];
    }
}
