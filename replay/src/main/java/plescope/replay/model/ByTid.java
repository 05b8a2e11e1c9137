package plescope.replay.model;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.ObjIntConsumer;

/** Values by host thread id: one look-up per event, so open addressing over primitive keys instead of boxed ones. */
public final class ByTid<T> {
    private static final int EMPTY = Integer.MIN_VALUE;

    private int[] tids = new int[64];
    private Object[] values = new Object[64];
    private int size;

    /** A table without any thread. */
    public ByTid() {
        Arrays.fill(tids, EMPTY);
    }

    /** The thread's value, null where it has none. */
    @SuppressWarnings("unchecked")
    public T get(int tid) {
        return (T) values[slot(tid)];
    }

    /** Sets the thread's value. */
    public void put(int tid, T value) {
        if (2 * size >= tids.length) {
            grow();
        }
        int slot = slot(tid);
        size += values[slot] == null ? 1 : 0;
        tids[slot] = tid;
        values[slot] = value;
    }

    /** Visits every thread that satisfies the condition, in no particular order: what is made of them must not depend on it. */
    @SuppressWarnings("unchecked")
    public void forEach(IntPredicate isThread, ObjIntConsumer<T> visit) {
        for (int i = 0; i < tids.length; i++) {
            if (values[i] != null && isThread.test(tids[i])) {
                visit.accept((T) values[i], tids[i]);
            }
        }
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
        int[] oldTids = tids;
        Object[] oldValues = values;
        tids = new int[oldTids.length * 2];
        values = new Object[tids.length];
        Arrays.fill(tids, EMPTY);
        for (int i = 0; i < oldTids.length; i++) {
            if (oldValues[i] != null) {
                int slot = slot(oldTids[i]);
                tids[slot] = oldTids[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
