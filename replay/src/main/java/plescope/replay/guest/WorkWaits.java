package plescope.replay.guest;

import java.util.Arrays;

/** Who spins until another vCPU has done some amount of work. */
final class WorkWaits {
    static final int NOBODY = -1;

    /** Per vCPU, who waits for its work, in order of coming, and the least amount any of them waits for. */
    private final int[][] waiters;

    private final int[] count;
    private final long[] least;

    /** Per waiting vCPU, the amount. */
    private final long[] awaited;

    WorkWaits(int vcpus) {
        waiters = new int[vcpus][0];
        count = new int[vcpus];
        least = new long[vcpus];
        Arrays.fill(least, Long.MAX_VALUE);
        awaited = new long[vcpus];
    }

    void add(int target, int waiter, long offset) {
        if (count[target] == waiters[target].length) {
            waiters[target] = Arrays.copyOf(waiters[target], Math.max(4, 2 * count[target]));
        }
        waiters[target][count[target]++] = waiter;
        awaited[waiter] = offset;
        least[target] = Math.min(least[target], offset);
    }

    /** Work offset at which progress next lets somebody go, {@code Long.MAX_VALUE} for nobody. */
    long least(int target) {
        return least[target];
    }

    /** Takes out the first who waits for no more than {@code reached}, {@link #NOBODY} if there is none. */
    int takeReached(int target, long reached) {
        if (least[target] > reached) {
            return NOBODY;
        }
        int at = 0;
        while (awaited[waiters[target][at]] > reached) {
            at++;
        }
        int waiter = waiters[target][at];
        takeOut(target, at);
        return waiter;
    }

    /** The wait of that vCPU is given up. */
    void remove(int target, int waiter) {
        for (int at = 0; at < count[target]; at++) {
            if (waiters[target][at] == waiter) {
                takeOut(target, at);
                return;
            }
        }
    }

    private void takeOut(int target, int at) {
        int[] of = waiters[target];
        System.arraycopy(of, at + 1, of, at, --count[target] - at);
        least[target] = Long.MAX_VALUE;
        for (int i = 0; i < count[target]; i++) {
            least[target] = Math.min(least[target], awaited[of[i]]);
        }
    }
}
