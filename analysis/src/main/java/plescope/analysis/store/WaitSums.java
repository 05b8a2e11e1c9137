package plescope.analysis.store;

import java.util.Arrays;

/**
 * Sums by waiting vCPU, pCPU and holder, without allocation per addition. They are written when they become many, and at the end: one
 * sum may come in several rows.
 */
final class WaitSums {
    /** Rows kept, 2.5 MB with room to spare [I]. */
    static final int MOST = 1 << 16;

    private static final int FIRST_CAPACITY = 64;

    private final Rows out;
    private long[] keys = new long[FIRST_CAPACITY];
    private long[] heldNs = new long[FIRST_CAPACITY];
    private long[] spinningNs = new long[FIRST_CAPACITY];
    private int size;
    private int last;

    /** Takes the sums. */
    interface Rows {
        /**
         * The vCPU stood ready on the pCPU while the holder had it.
         *
         * @param holder a thread id, or ~index of a vCPU
         * @param spinningNs part of {@code heldNs}
         */
        void waited(int vcpu, int pcpu, int holder, long heldNs, long spinningNs);
    }

    WaitSums(Rows out) {
        this.out = out;
    }

    /** Adds what is above 0. */
    void add(int vcpu, int pcpu, int holder, long held, long spinning) {
        if (held <= 0 && spinning <= 0) {
            return;
        }
        if (2 * size >= keys.length) {
            makeRoom();
        }
        // Never 0, which stands for an empty place.
        long key = ((vcpu + 1L) << 48) | ((long) pcpu << 32) | (holder & 0xffff_ffffL);
        // Mostly the one before.
        int at = keys[last] == key ? last : place(key);
        last = at;
        if (keys[at] == 0) {
            keys[at] = key;
            size++;
        }
        heldNs[at] += Math.max(0, held);
        spinningNs[at] += Math.max(0, spinning);
    }

    void finish() {
        long[] sorted = Arrays.stream(keys).filter(key -> key != 0).sorted().toArray();
        for (long key : sorted) {
            int at = place(key);
            out.waited((int) (key >>> 48) - 1, (int) ((key >>> 32) & 0xffff), (int) key, heldNs[at], spinningNs[at]);
        }
        Arrays.fill(keys, 0);
        Arrays.fill(heldNs, 0);
        Arrays.fill(spinningNs, 0);
        size = 0;
    }

    private int place(long key) {
        int mask = keys.length - 1;
        // Fibonacci hashing: the high bits depend on all.
        int at = (int) ((key * 0x9e37_79b9_7f4a_7c15L) >>> 40) & mask;
        while (keys[at] != 0 && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void makeRoom() {
        if (size >= MOST) {
            finish();
            return;
        }
        long[] oldKeys = keys;
        long[] oldHeld = heldNs;
        long[] oldSpinning = spinningNs;
        keys = new long[2 * oldKeys.length];
        heldNs = new long[keys.length];
        spinningNs = new long[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int at = place(oldKeys[i]);
                keys[at] = oldKeys[i];
                heldNs[at] = oldHeld[i];
                spinningNs[at] = oldSpinning[i];
            }
        }
    }
}
