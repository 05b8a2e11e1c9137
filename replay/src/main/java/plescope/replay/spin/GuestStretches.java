package plescope.replay.spin;

import java.util.Arrays;

/** What one vCPU did in guest mode lately: work, or spinning in some loop. A ring: old stretches fall out. */
final class GuestStretches {
    /** At one per 10 us of guest time this is 10 ms, twice the hold-back. */
    private static final int KEPT = 1_024;

    private static final int AT_FIRST = 16;

    /** No guest work: out of guest mode, or spinning. */
    static final int NO_WORK = 0;

    static final int WORK = 1;

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

    /** Notes since when and until when it is as it was at {@code atNs}. */
    void findLull(long atNs) {
        long oldest = oldest();
        boolean overlaps = enteredNs >= 0 && count > 0 && to[slot(count - 1)] > enteredNs;
        if (disordered >= oldest || overlaps) {
            return;
        }
        long next = before(atNs);
        long began = next > oldest ? from[slot(next - 1)] : Long.MIN_VALUE;
        long ended = next > oldest ? to[slot(next - 1)] : Long.MIN_VALUE;
        if (enteredNs >= 0 && enteredNs < atNs) {
            lulls.found(vcpu, enteredNs, Long.MAX_VALUE, WORK);
        } else if (ended > atNs) {
            lulls.found(vcpu, began, ended, work[slot(next - 1)] ? WORK : NO_WORK);
        } else {
            long until = next < count ? from[slot(next)] : enteredNs >= 0 ? enteredNs : Long.MAX_VALUE;
            lulls.found(vcpu, ended, until, NO_WORK);
        }
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
