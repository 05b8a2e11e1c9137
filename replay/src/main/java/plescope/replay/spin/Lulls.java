package plescope.replay.spin;

import java.util.Arrays;

/**
 * For each vCPU a span of time in which nothing changed of one thing it does, and what that was: most siblings of a large VM do
 * nothing new during a wait, and for those no history has to be searched.
 *
 * <p>A lull is found when a history is searched, and forgotten when the history changes. So there is at most one search per change,
 * beside those for vCPUs that did change during the wait.
 */
final class Lulls {
    private long[] fromNs = new long[8];
    private long[] toNs = new long[8];
    private int[] what = new int[8];
    private long searches;

    /** Makes room for a vCPU about which nothing is known. */
    void newVcpu(int vcpu) {
        if (vcpu >= what.length) {
            fromNs = Arrays.copyOf(fromNs, 2 * vcpu);
            toNs = Arrays.copyOf(toNs, 2 * vcpu);
            what = Arrays.copyOf(what, 2 * vcpu);
        }
        forget(vcpu);
    }

    /** Nothing changes between these moments, both excluded. */
    void found(int vcpu, long from, long to, int state) {
        fromNs[vcpu] = from;
        toNs[vcpu] = to;
        what[vcpu] = state;
    }

    /** Its history changed. */
    void forget(int vcpu) {
        fromNs[vcpu] = Long.MAX_VALUE;
        toNs[vcpu] = Long.MIN_VALUE;
    }

    /** Whether nothing changed in {@code [from, to]}; if not, its history has to be searched. */
    boolean covers(int vcpu, long from, long to) {
        if (from > fromNs[vcpu] && to < toNs[vcpu]) {
            return true;
        }
        searches++;
        return false;
    }

    /** What it did all the while; ask only where the lull covers the time. */
    int what(int vcpu) {
        return what[vcpu];
    }

    /** When it began to. */
    long sinceNs(int vcpu) {
        return fromNs[vcpu];
    }

    /** Histories that had to be searched so far. */
    long searches() {
        return searches;
    }
}
