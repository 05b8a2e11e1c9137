package plescope.replay.fidelity;

import java.util.Arrays;

/** Threads by thread id: open addressing over primitive keys, for every event asks; and in order of appearance. */
final class ThreadTable {
    private static final int EMPTY = Integer.MIN_VALUE;

    private int[] tids = new int[64];
    private RecordedThread[] slots = new RecordedThread[64];
    private RecordedThread[] threads = new RecordedThread[32];
    private int size;

    ThreadTable() {
        Arrays.fill(tids, EMPTY);
    }

    int size() {
        return size;
    }

    /** In order of appearance. */
    RecordedThread at(int index) {
        return threads[index];
    }

    /** Null where the tid is new. */
    RecordedThread get(int tid) {
        return slots[slot(tid)];
    }

    void add(RecordedThread thread) {
        if (size == threads.length) {
            grow();
        }
        int slot = slot(thread.tid);
        tids[slot] = thread.tid;
        slots[slot] = thread;
        threads[size++] = thread;
    }

    private int slot(int tid) {
        int mask = tids.length - 1;
        int slot = (tid * 0x9E3779B9) >>> 7 & mask;
        while (tids[slot] != tid && tids[slot] != EMPTY) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        threads = Arrays.copyOf(threads, 2 * size);
        tids = new int[4 * size];
        Arrays.fill(tids, EMPTY);
        slots = new RecordedThread[4 * size];
        for (int i = 0; i < size; i++) {
            int slot = slot(threads[i].tid);
            tids[slot] = threads[i].tid;
            slots[slot] = threads[i];
        }
    }
}
