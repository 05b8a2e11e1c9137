package plescope.replay.spin;

import java.util.Arrays;

/** When one vCPU waited in which loops lately: the wait under way, and a ring of departures. */
final class LoopWaits {
    private static final int KEPT = 256;
    private static final int AT_FIRST = 8;
    /** In no loop. */
    static final int NOWHERE = -1;

    private final Lulls lulls;
    private final Departures last;
    private final int vcpu;

    private long[] leftAt = new long[AT_FIRST];
    private int[] leftLoop = new int[AT_FIRST];
    private long[] leftLine = new long[AT_FIRST];
    /** When the wait began that a departure ended. */
    private long[] arrivedAt = new long[AT_FIRST];

    private long departures;
    private int waitingIn = NOWHERE;
    private long waitingSince;
    /** The last departure that came after the next wait had begun, by a log that contradicts itself. */
    private long disordered = -1;

    LoopWaits(Lulls lulls, Departures last, int vcpu) {
        this.lulls = lulls;
        this.last = last;
        this.vcpu = vcpu;
    }

    /** It was found to wait in a loop. */
    void waits(SpinLoop loop, long sinceNs) {
        lulls.forget(vcpu);
        waitingIn = loop.id;
        waitingSince = sinceNs;
    }

    /** Its wait has ended, however that was. */
    void waitsNoMore() {
        lulls.forget(vcpu);
        waitingIn = NOWHERE;
    }

    /** It was found to have left a loop, at {@code nowNs} at the earliest, after a wait since {@code sinceNs}. */
    void left(SpinLoop loop, long sinceNs, long nowNs, long line) {
        if (departures == leftAt.length && leftAt.length < KEPT) {
            leftAt = Arrays.copyOf(leftAt, 2 * leftAt.length);
            leftLoop = Arrays.copyOf(leftLoop, leftAt.length);
            leftLine = Arrays.copyOf(leftLine, leftAt.length);
            arrivedAt = Arrays.copyOf(arrivedAt, leftAt.length);
        }
        lulls.forget(vcpu);
        if (sinceNs > nowNs || (departures > 0 && leftAt[slot(departures - 1)] > sinceNs)) {
            disordered = departures;
        }
        int slot = slot(departures++);
        arrivedAt[slot] = sinceNs;
        leftAt[slot] = nowNs;
        leftLoop[slot] = loop.id;
        leftLine[slot] = line;
    }

    /** Finds since when and until when it waits as it did at {@code atNs}. Returns that lull, {@link Lulls#NONE} where it just changed. */
    int findLull(long atNs) {
        long oldest = oldest();
        boolean waits = waitingIn != NOWHERE;
        boolean overlaps = waits && departures > 0 && leftAt[slot(departures - 1)] > waitingSince;
        if (disordered >= oldest || overlaps) {
            return Lulls.NONE;
        }
        long next = departuresUntil(atNs);
        int before = slot(next - 1);
        int after = slot(next);
        long left = next > oldest ? leftAt[before] : Long.MIN_VALUE;
        boolean departs = next < departures;
        long arrives = departs ? arrivedAt[after] : waits ? waitingSince : Long.MAX_VALUE;
        boolean there = arrives <= atNs;
        long leaves = departs ? leftAt[after] : Long.MAX_VALUE;
        int where = !there ? NOWHERE : departs ? leftLoop[after] : waitingIn;
        int lull = lulls.found(vcpu, there ? arrives : left, there ? leaves : arrives, where, atNs);
        if (lull != Lulls.NONE) {
            last.found(lull, left, next > oldest ? leftLoop[before] : NOWHERE, before);
        }
        return lull;
    }

    /** When the wait in this loop began that was under way at {@code atNs}; -1 where it did not wait there then. */
    long since(SpinLoop loop, long atNs) {
        if (waitingIn == loop.id && waitingSince <= atNs) {
            return waitingSince;
        }
        // Waits follow each other: of those that ended later, only the first can have begun by then.
        long next = departuresUntil(atNs);
        int slot = slot(next);
        return next < departures && leftLoop[slot] == loop.id && arrivedAt[slot] <= atNs ? arrivedAt[slot] : -1;
    }

    /** Slot of the last departure from this loop inside {@code [from, to]}, -1 where there was none. */
    int lastDeparture(SpinLoop loop, long from, long to) {
        for (long i = departuresUntil(to) - 1; i >= oldest(); i--) {
            int slot = slot(i);
            if (leftAt[slot] < from) {
                return -1;
            }
            if (leftLoop[slot] == loop.id) {
                return slot;
            }
        }
        return -1;
    }

    long departureNs(int slot) {
        return leftAt[slot];
    }

    long departureLine(int slot) {
        return leftLine[slot];
    }

    /** How many departures happened until {@code ns}; they are in time order. */
    private long departuresUntil(long ns) {
        long low = oldest();
        long high = departures;
        while (low < high) {
            long mid = (low + high) >>> 1;
            if (leftAt[slot(mid)] <= ns) {
                low = mid + 1;
            } else {
                high = mid;
            }
        }
        return low;
    }

    private long oldest() {
        return Math.max(0, departures - leftAt.length);
    }

    private int slot(long departure) {
        return (int) departure & (leftAt.length - 1);
    }
}
