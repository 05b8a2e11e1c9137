package plescope.analysis.store;

import java.util.Arrays;

/**
 * The last stretches of time somebody spent on one pCPU, sorted by their ends. They come almost in that order, and the oldest are
 * forgotten: memory is bounded.
 */
final class Stints {
    /** A second and more of a busy pCPU, 160 KB [I]. */
    static final int MOST = 8_192;

    private static final int FIRST_CAPACITY = 16;

    private int[] who = {};
    private long[] start = {};
    private long[] end = {};
    private int size;

    void add(int whose, long startNs, long endNs) {
        if (size == who.length) {
            makeRoom();
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

    private void makeRoom() {
        if (size < MOST) {
            int capacity = Math.max(FIRST_CAPACITY, 2 * size);
            who = Arrays.copyOf(who, capacity);
            start = Arrays.copyOf(start, capacity);
            end = Arrays.copyOf(end, capacity);
        } else {
            int kept = size / 2;
            System.arraycopy(who, size - kept, who, 0, kept);
            System.arraycopy(start, size - kept, start, 0, kept);
            System.arraycopy(end, size - kept, end, 0, kept);
            size = kept;
        }
    }
}
