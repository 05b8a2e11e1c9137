package plescope.parser.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import plescope.parser.grammar.EightBytes;

/**
 * Which name and process every thread last showed, by thread id, as primitive columns of an open hash table: 50 to 100 bytes a thread.
 *
 * <p>A name from a line's prefix outranks names from payloads: perf prints {@code kworker/1:1-vir} before a line and the
 * kernel {@code kworker/1:1} inside it.
 */
final class ThreadNames {
    private static final int FIRST_CAPACITY = 256;

    /** PID_MAX_LIMIT of a 64-bit kernel [R]; a damaged line may print more, and a table of all ints would fill the memory. */
    private static final int MAX_TID = 4 << 20;

    private int[] tids = new int[FIRST_CAPACITY];
    private int[] tgids = new int[FIRST_CAPACITY];
    private long[] names = new long[2 * FIRST_CAPACITY];
    /** 0 free, 1 named by payloads only, 2 named by a prefix. */
    private byte[] ranks = new byte[FIRST_CAPACITY];

    private int size;
    private final boolean ofChunk;

    /** @param ofChunk for a part of a log: a name is news too when a prefix shows it first, because of what may stand before the part */
    ThreadNames(boolean ofChunk) {
        this.ofChunk = ofChunk;
    }

    /** Notes a prefix; true if name or process id are news. {@code tgid} -1 means not printed and changes nothing. */
    boolean prefix(int tid, int tgid, byte[] bytes, int from, int to) {
        return note(tid, tgid, bytes, from, to, (byte) 2);
    }

    /** Notes a name inside a payload; true if it is news and no prefix has named the thread. */
    boolean payload(int tid, byte[] bytes, int from, int to) {
        return note(tid, -1, bytes, from, to, (byte) 1);
    }

    /** A new thread under its parent's name; true if that is known. */
    boolean fork(int tid, int tgid, int parentTid) {
        int parent = slot(parentTid);
        if (ranks[parent] == 0) {
            return false;
        }
        long low = names[2 * parent];
        long high = names[2 * parent + 1];
        return note(tid, tgid, low, high, (byte) 2);
    }

    /** Whether the thread has a name. */
    boolean knows(int tid) {
        return ranks[slot(tid)] != 0;
    }

    /** Forgets all threads. */
    void clear() {
        Arrays.fill(ranks, (byte) 0);
        size = 0;
    }

    /** Notes the process of a thread; true if that is news about a thread with a name. */
    boolean process(int tid, int tgid) {
        int slot = slot(tid);
        return ranks[slot] != 0 && note(tid, tgid, names[2 * slot], names[2 * slot + 1], ranks[slot]);
    }

    /** The name of a known thread. */
    String name(int tid) {
        int slot = slot(tid);
        byte[] bytes = new byte[16];
        int length = 0;
        for (int half = 0; half < 2; half++) {
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                byte b = (byte) (names[2 * slot + half] >>> shift);
                if (b != 0) {
                    bytes[length++] = b;
                }
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** The process of a thread, -1 where the log has not shown it. */
    int tgid(int tid) {
        int slot = slot(tid);
        return ranks[slot] == 0 ? -1 : tgids[slot];
    }

    private boolean note(int tid, int tgid, byte[] bytes, int from, int to, byte rank) {
        long low = EightBytes.upTo(bytes, from, Math.min(to, from + 8));
        long high = EightBytes.upTo(bytes, from + 8, Math.min(to, from + 16));
        return note(tid, tgid, low, high, rank);
    }

    /** Notes a name that a chunk of the log showed in a prefix or record. */
    boolean prefix(int tid, int tgid, long low, long high) {
        return note(tid, tgid, low, high, (byte) 2);
    }

    /** Notes a name that a chunk of the log showed in a payload. */
    boolean payload(int tid, long low, long high) {
        return note(tid, -1, low, high, (byte) 1);
    }

    private boolean note(int tid, int tgid, long low, long high, byte rank) {
        int slot = slot(tid);
        if (ranks[slot] > rank || tid > MAX_TID) {
            return false;
        }
        boolean known = ranks[slot] != 0;
        boolean sameProcess = tgid < 0 || (known && tgids[slot] == tgid);
        if (known && sameProcess && names[2 * slot] == low && names[2 * slot + 1] == high) {
            boolean outranked = ranks[slot] < rank;
            ranks[slot] = rank;
            return ofChunk && outranked;
        }
        if (!known) {
            tids[slot] = tid;
            tgids[slot] = -1;
            size++;
        }
        ranks[slot] = rank;
        names[2 * slot] = low;
        names[2 * slot + 1] = high;
        if (tgid >= 0) {
            tgids[slot] = tgid;
        }
        if (size > tids.length / 2) {
            grow();
        }
        return true;
    }

    private int slot(int tid) {
        int mask = tids.length - 1;
        int slot = ((tid * 0x9E3779B9) >>> 8) & mask;
        while (ranks[slot] != 0 && tids[slot] != tid) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldTids = tids;
        int[] oldTgids = tgids;
        long[] oldNames = names;
        byte[] oldRanks = ranks;
        int capacity = oldTids.length * 2;
        tids = new int[capacity];
        tgids = new int[capacity];
        names = new long[2 * capacity];
        ranks = new byte[capacity];
        for (int i = 0; i < oldTids.length; i++) {
            if (oldRanks[i] != 0) {
                int slot = slot(oldTids[i]);
                tids[slot] = oldTids[i];
                tgids[slot] = oldTgids[i];
                names[2 * slot] = oldNames[2 * i];
                names[2 * slot + 1] = oldNames[2 * i + 1];
                ranks[slot] = oldRanks[i];
            }
        }
    }
}
