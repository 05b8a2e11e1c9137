package plescope.replay.spin;

import java.util.Arrays;

/** When one vCPU was off its pCPU lately. A ring: old stretches fall out, and their objects are used again. */
final class OffStretches {
    private static final int KEPT = 256;
    private static final int AT_FIRST = 8;

    /** On its pCPU, or off it: with work to do, while it spun, or asleep. */
    static final int ON = 0;

    static final int HELD_UP = 1;
    static final int SPINNING = 2;
    static final int BLOCKED = 3;

    private final Lulls lulls;
    private final int vcpu;
    private OffStretch[] ring = new OffStretch[AT_FIRST];
    private long count;
    /** The last stretch that ended after the next began, by a log that contradicts itself. */
    private long disordered = -1;

    OffStretches(Lulls lulls, int vcpu) {
        this.lulls = lulls;
        this.vcpu = vcpu;
    }

    /** A stretch away from the pCPU; {@code inNs} is Long.MAX_VALUE while it lasts. */
    static final class OffStretch {
        long outNs;
        long outLine;
        boolean blocked;
        boolean spinning;
        long inNs;
        long inLine;

        /** Whether it was kept off its pCPU with work to do. */
        boolean heldUp() {
            return !blocked && !spinning;
        }
    }

    /** Whether this is off the pCPU and runnable. */
    static boolean isReady(int state) {
        return state == HELD_UP || state == SPINNING;
    }

    void switchedOut(long nowNs, long line, boolean blocked, boolean spinning) {
        if (count == ring.length && ring.length < KEPT) {
            ring = Arrays.copyOf(ring, 2 * ring.length);
        }
        lulls.forget(vcpu);
        if (count > 0 && ring[slot(count - 1)].inNs > nowNs) {
            disordered = count - 1;
        }
        int slot = slot(count++);
        if (ring[slot] == null) {
            ring[slot] = new OffStretch();
        }
        OffStretch stretch = ring[slot];
        stretch.outNs = nowNs;
        stretch.outLine = line;
        stretch.blocked = blocked;
        stretch.spinning = spinning;
        stretch.inNs = Long.MAX_VALUE;
        stretch.inLine = 0;
    }

    void switchedIn(long nowNs, long line) {
        if (count > 0) {
            lulls.forget(vcpu);
            OffStretch last = ring[slot(count - 1)];
            last.inNs = nowNs;
            last.inLine = line;
            if (nowNs < last.outNs) {
                disordered = count - 1;
            }
        }
    }

    /** Finds since when and until when it is as it was at {@code atNs}. Returns that lull, {@link Lulls#NONE} where it just changed. */
    int findLull(long atNs) {
        long oldest = oldest();
        if (disordered >= oldest) {
            return Lulls.NONE;
        }
        long next = before(atNs);
        OffStretch last = next > oldest ? ring[slot(next - 1)] : null;
        // Before this, stretches may have been forgotten.
        long from = count > KEPT ? ring[slot(oldest)].inNs : Long.MIN_VALUE;
        long to = next < count ? ring[slot(next)].outNs : Long.MAX_VALUE;
        int state = ON;
        if (last != null && last.inNs > atNs) {
            from = Math.max(from, last.outNs);
            to = last.inNs;
            state = last.blocked ? BLOCKED : last.spinning ? SPINNING : HELD_UP;
        } else if (last != null) {
            from = Math.max(from, last.inNs);
        }
        return lulls.found(vcpu, from, to, state, atNs);
    }

    /** The last stretch that touches {@code [from, to]}, null where there was none. */
    OffStretch last(long from, long to) {
        long before = before(to);
        if (before == oldest()) {
            return null;
        }
        OffStretch stretch = ring[slot(before - 1)];
        return stretch.inNs <= from ? null : stretch;
    }

    /** The last stretch touching {@code [from, to]} in which it was kept off the pCPU with work to do; null where none. */
    OffStretch lastHeldUp(long from, long to) {
        for (long i = before(to) - 1; i >= oldest(); i--) {
            OffStretch stretch = ring[slot(i)];
            if (stretch.inNs <= from) {
                return null;
            }
            if (stretch.heldUp()) {
                return stretch;
            }
        }
        return null;
    }

    /** Whether stretches are still known from {@code atNs} on. */
    boolean recalls(long atNs) {
        return count <= KEPT || ring[slot(oldest())].inNs <= atNs;
    }

    /** How many began before {@code ns}; they are in time order. */
    private long before(long ns) {
        long low = oldest();
        long high = count;
        while (low < high) {
            long mid = (low + high) >>> 1;
            if (ring[slot(mid)].outNs < ns) {
                low = mid + 1;
            } else {
                high = mid;
            }
        }
        return low;
    }

    private long oldest() {
        return Math.max(0, count - ring.length);
    }

    private int slot(long stretch) {
        return (int) stretch & (ring.length - 1);
    }
}
