package plescope.analysis.store;

/**
 * The last stretches of time somebody spent on one pCPU, sorted by their ends. They come almost in that order, and the oldest are
 * forgotten: memory is bounded.
 */
final class Stints {
    /** A second and more of a busy pCPU, 160 KB [I]. */
    static final int MOST = 8_192;
    /** Of a pCPU among thousands. */
    private static final int LEAST = 64;
    /** So many pCPUs may be as busy as that; where there are more, each is remembered for less: 10 MB in all. */
    private static final int PCPUS = 64;

    private static final int FIRST_CAPACITY = 16;

    private int[] who = {};
    private long[] start = {};
    private long[] end = {};
    private int size;

    /** How many each of so many pCPUs may keep. */
    static int most(int pcpus) {
        return Math.max(LEAST, Math.min(MOST, MOST * PCPUS / Math.max(1, pcpus)));
    }

    /** @param most kept, from {@link #most}: it may sink from call to call */
    void add(int whose, long startNs, long endNs, int most) {
        if (size >= most) {
            keep(most / 2, most);
        } else if (size == who.length) {
            keep(size, Math.min(most, Math.max(FIRST_CAPACITY, 2 * size)));
        }
        int at = size;
        while (at > 0 && end[at - 1] > endNs) {
            at--;
        }
        if (at < size) {
            System.arraycopy(who, at, who, at + 1, size - at);
            System.arraycopy(start, at, start, at + 1, size - at);
            System.arraycopy(end, at, end, at + 1, size - at);
        }
        who[at] = whose;
        start[at] = startNs;
        end[at] = endNs;
        size++;
    }

    /** How many there are; number 0 ended first. */
    int size() {
        return size;
    }

    int who(int number) {
        return who[number];
    }

    long endNs(int number) {
        return end[number];
    }

    /** How much of it lies between these times, not above 0 for nothing. */
    long overlapNs(int number, long fromNs, long toNs) {
        return Math.min(end[number], toNs) - Math.max(start[number], fromNs);
    }

    private void keep(int last, int capacity) {
        who = moved(who, new int[capacity], last);
        start = moved(start, new long[capacity], last);
        end = moved(end, new long[capacity], last);
        size = last;
    }

    /** The last so many of what {@code old} holds at the begin of {@code wide}. */
    private <A> A moved(A old, A wide, int last) {
        System.arraycopy(old, size - last, wide, 0, last);
        return wide;
    }
}
