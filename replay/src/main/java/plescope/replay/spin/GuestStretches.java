package plescope.replay.spin;

import java.util.Arrays;

/** What one vCPU did in guest mode lately: work, or spinning in some loop. A ring: old stretches fall out. */
final class GuestStretches {
    /** At one per 10 us of guest time this is 10 ms, twice the hold-back. */
    private static final int KEPT = 1_024;

    private static final int AT_FIRST = 16;

    private final Lulls lulls;
    private final int vcpu;
    private long[] from = new long[AT_FIRST];
    private long[] to = new long[AT_FIRST];
    private boolean[] work = new boolean[AT_FIRST];
    private long count;
    /** The last stretch that ended after the next began, by a log that contradicts itself. */
    private long disordered = -1;

    /** Since when it is in guest mode, -1 where it is not; until the run's end is known it may be work. */
    private long enteredNs = -1;

    GuestStretches(Lulls lulls, int vcpu) {
        this.lulls = lulls;
        this.vcpu = vcpu;
    }

    void entered(long nowNs) {
        lulls.forget(vcpu);
        enteredNs = nowNs;
    }

    void worked(long fromNs, long toNs) {
        add(fromNs, toNs, true);
    }

    void spun(long fromNs, long toNs) {
        add(fromNs, toNs, false);
    }

    private void add(long fromNs, long toNs, boolean works) {
        enteredNs = -1;
        lulls.forget(vcpu);
        if (toNs <= fromNs) {
            return;
        }
        if (count > 0 && to[slot(count - 1)] > fromNs) {
            disordered = count - 1;
        }
        if (count == from.length && from.length < KEPT) {
            from = Arrays.copyOf(from, 2 * from.length);
            to = Arrays.copyOf(to, from.length);
            work = Arrays.copyOf(work, from.length);
        }
        int slot = slot(count++);
        from[slot] = fromNs;
        to[slot] = toNs;
        work[slot] = works;
    }

    /**
     * Finds the first turn of guest work that ends after {@code atNs}: the lull of all moments that have it before them ends with it,
     * and notes when it begins. A turn that may go on ends never. Returns that lull, {@link Lulls#NONE} where one just ends.
     */
    int findTurn(long atNs) {
        boolean overlaps = enteredNs >= 0 && count > 0 && to[slot(count - 1)] > enteredNs;
        if (disordered >= oldest() || overlaps) {
            return Lulls.NONE;
        }
        long first = before(atNs);
        first -= first > oldest() && to[slot(first - 1)] > atNs ? 1 : 0;
        long begin = first;
        while (begin < count && !work[slot(begin)]) {
            begin++;
        }
        long end = begin;
        while (end < count && work[slot(end)]) {
            end++;
        }
        long began = first > oldest() ? to[slot(first - 1)] : Long.MIN_VALUE;
        int lull = lulls.found(vcpu, began, end == count ? Long.MAX_VALUE : to[slot(end - 1)], 0, atNs);
        if (lull != Lulls.NONE) {
            long next = enteredNs >= 0 ? enteredNs : Long.MAX_VALUE;
            lulls.note(lull, begin < count ? from[slot(begin)] : next);
        }
        return lull;
    }

    /**
     * End of the first turn of guest work that reaches into {@code [fromNs, toNs]}, capped at {@code toNs}; -1 where there was none.
     * A turn lasts until the vCPU spins again: exits in between may well lie inside a critical section.
     */
    long firstTurnEnd(long fromNs, long toNs) {
        boolean working = enteredNs >= 0 && enteredNs < toNs;
        long end = working ? toNs : -1;
        for (long i = before(toNs) - 1; i >= oldest(); i--) {
            int slot = slot(i);
            if (to[slot] <= fromNs) {
                break;
            }
            if (work[slot]) {
                end = working ? end : Math.min(toNs, to[slot]);
            }
            working = work[slot];
        }
        return end;
    }

    /** Guest work within {@code [fromNs, toNs]}. */
    long workNs(long fromNs, long toNs) {
        long sum = enteredNs >= 0 && enteredNs < toNs ? toNs - Math.max(fromNs, enteredNs) : 0;
        for (long i = before(toNs) - 1; i >= oldest(); i--) {
            int slot = slot(i);
            if (to[slot] <= fromNs) {
                break;
            }
            if (work[slot]) {
                sum += Math.min(toNs, to[slot]) - Math.max(fromNs, from[slot]);
            }
        }
        return sum;
    }

    /** Whether it was in guest mode after {@code ns}, or is. */
    boolean since(long ns) {
        return enteredNs >= 0 || (count > 0 && to[slot(count - 1)] > ns);
    }

    /** How many began before {@code ns}; they are in time order. */
    private long before(long ns) {
        long low = oldest();
        long high = count;
        while (low < high) {
            long mid = (low + high) >>> 1;
            if (from[slot(mid)] < ns) {
                low = mid + 1;
            } else {
                high = mid;
            }
        }
        return low;
    }

    private long oldest() {
        return Math.max(0, count - from.length);
    }

    private int slot(long stretch) {
        return (int) stretch & (from.length - 1);
    }
}
