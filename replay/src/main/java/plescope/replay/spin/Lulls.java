package plescope.replay.spin;

import java.util.Arrays;

/**
 * For each vCPU a few spans of time in which nothing changed of one thing it does, and what that was: most siblings of a large VM do
 * nothing new around the two moments a wait is judged by, its start and its release, and for those no history has to be searched.
 *
 * <p>A lull is found when a history is searched, and forgotten when the history changes. Waits are judged in the order in which their
 * ends were seen, so the moments asked for move on along a few lines: each finds the lull of the one before it on its line.
 */
final class Lulls {
    /** No lull covers the time: the history has to be searched. */
    static final int NONE = -1;

    /** Waits end at once or when the vCPU is back, and began in this slice or in an earlier one: that makes four lines [I]. */
    private static final int KEPT = 4;

    private long[] fromNs = new long[8 * KEPT];
    private long[] toNs = new long[8 * KEPT];
    private int[] what = new int[8 * KEPT];
    private long[] notedNs = new long[8 * KEPT];
    /** By vCPU: how many were found. */
    private int[] found = new int[8];

    private long searches;

    /** Makes room for a vCPU about which nothing is known. */
    void newVcpu(int vcpu) {
        if (vcpu >= found.length) {
            found = Arrays.copyOf(found, 2 * vcpu);
            fromNs = Arrays.copyOf(fromNs, found.length * KEPT);
            toNs = Arrays.copyOf(toNs, found.length * KEPT);
            what = Arrays.copyOf(what, found.length * KEPT);
            notedNs = Arrays.copyOf(notedNs, found.length * KEPT);
        }
        forget(vcpu);
    }

    /**
     * Nothing changes between {@code from} and {@code to}, both excluded. Returns the lull, which takes the place of the one found
     * longest ago; {@link #NONE} where the moment it was sought for is one of a change.
     */
    int found(int vcpu, long from, long to, int state, long atNs) {
        searches++;
        if (atNs <= from || atNs >= to) {
            return NONE;
        }
        int lull = vcpu * KEPT + (found[vcpu]++ & (KEPT - 1));
        fromNs[lull] = from;
        toNs[lull] = to;
        what[lull] = state;
        return lull;
    }

    /** Its history changed. */
    void forget(int vcpu) {
        Arrays.fill(toNs, vcpu * KEPT, (vcpu + 1) * KEPT, Long.MIN_VALUE);
    }

    /** The lull in which all of {@code [from, to]} lies, {@link #NONE} where none is known. */
    int covering(int vcpu, long from, long to) {
        for (int lull = vcpu * KEPT; lull < (vcpu + 1) * KEPT; lull++) {
            if (from > fromNs[lull] && to < toNs[lull]) {
                return lull;
            }
        }
        return NONE;
    }

    /** Notes one more moment that matters as long as the lull lasts. */
    void note(int lull, long ns) {
        notedNs[lull] = ns;
    }

    long notedNs(int lull) {
        return notedNs[lull];
    }

    /** What the vCPU did all the while. */
    int what(int lull) {
        return what[lull];
    }

    /** When it began to. */
    long sinceNs(int lull) {
        return fromNs[lull];
    }

    /** Until when it did so. */
    long untilNs(int lull) {
        return toNs[lull];
    }

    /** How often a lull was found by searching a history. */
    long searches() {
        return searches;
    }
}
