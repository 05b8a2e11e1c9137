package plescope.replay.timeline;

/** What was seen between any two vCPUs, in one direction: an open-addressing table, because most pairs of a large host never meet. */
final class VcpuPairs {
    /** All pairs of a VM of 512 vCPUs, 16 MB; what is seen of further pairs is forgotten. */
    static final int MOST = 1 << 18;

    private Pair[] slots = new Pair[64];
    private int known;

    /** Counts of one pair. */
    static final class Pair {
        private final int from;
        private final int to;
        long ipiScore;
        long pauseTo;
        long otherTo;

        Pair(int from, int to) {
            this.from = from;
            this.to = to;
        }
    }

    /** The pair, null where nothing was seen of it. */
    Pair find(int from, int to) {
        return slots[slot(from, to)];
    }

    /** The pair, made on first sight. */
    Pair at(int from, int to) {
        int slot = slot(from, to);
        if (slots[slot] != null) {
            return slots[slot];
        }
        Pair pair = new Pair(from, to);
        if (known == MOST) {
            return pair;
        }
        slots[slot] = pair;
        if (2 * ++known > slots.length) {
            grow();
        }
        return pair;
    }

    /** Pairs kept. */
    int known() {
        return known;
    }

    private int slot(int from, int to) {
        int mask = slots.length - 1;
        long hash = (((long) from << Integer.SIZE) | to) * 0x9E3779B97F4A7C15L;
        int slot = (int) (hash >>> 40) & mask;
        while (slots[slot] != null && (slots[slot].from != from || slots[slot].to != to)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        Pair[] old = slots;
        slots = new Pair[2 * old.length];
        for (Pair pair : old) {
            if (pair != null) {
                slots[slot(pair.from, pair.to)] = pair;
            }
        }
    }
}
