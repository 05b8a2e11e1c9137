package plescope.replay.engine;

import java.util.Arrays;

/**
 * What happens next: a binary heap over primitive arrays with one slot per thing that can be due (a pCPU's timer, its tick, a
 * vCPU's wake-up), so that moving a due time never leaves a stale event behind and nothing is allocated.
 *
 * <p>Order is total: time, then the slot's rank, then the sequence of scheduling.
 */
final class EventQueue {
    /** No event is due. */
    static final int EMPTY = -1;

    private final int[] rank;
    private final long[] time;
    private final long[] sequence;
    private final int[] position;
    private final int[] heap;
    private int size;
    private long nextSequence;

    /** Takes the slots' ranks: the order at equal times, lower first. */
    EventQueue(int[] rankOfSlot) {
        int slots = rankOfSlot.length;
        rank = rankOfSlot.clone();
        time = new long[slots];
        sequence = new long[slots];
        position = new int[slots];
        heap = new int[slots];
        Arrays.fill(position, EMPTY);
    }

    /** Sets when the slot is due, in place of an earlier setting. */
    void schedule(int slot, long at) {
        time[slot] = at;
        sequence[slot] = nextSequence++;
        if (position[slot] == EMPTY) {
            position[slot] = size;
            heap[size++] = slot;
            siftUp(size - 1);
        } else {
            siftUp(position[slot]);
            siftDown(position[slot]);
        }
    }

    void cancel(int slot) {
        int at = position[slot];
        if (at == EMPTY) {
            return;
        }
        position[slot] = EMPTY;
        int moved = heap[--size];
        if (moved != slot) {
            heap[at] = moved;
            position[moved] = at;
            siftUp(at);
            siftDown(position[moved]);
        }
    }

    boolean scheduled(int slot) {
        return position[slot] != EMPTY;
    }

    /** When the slot is, or was last, due. */
    long time(int slot) {
        return time[slot];
    }

    /** Takes the slot that is due first, {@link #EMPTY} if there is none. */
    int poll() {
        if (size == 0) {
            return EMPTY;
        }
        int first = heap[0];
        cancel(first);
        return first;
    }

    private boolean before(int a, int b) {
        if (time[a] != time[b]) {
            return time[a] < time[b];
        }
        return rank[a] != rank[b] ? rank[a] < rank[b] : sequence[a] < sequence[b];
    }

    private void siftUp(int from) {
        int at = from;
        int slot = heap[at];
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!before(slot, heap[parent])) {
                break;
            }
            place(heap[parent], at);
            at = parent;
        }
        place(slot, at);
    }

    private void siftDown(int from) {
        int at = from;
        int slot = heap[at];
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], slot)) {
                break;
            }
            place(heap[child], at);
            at = child;
        }
        place(slot, at);
    }

    private void place(int slot, int at) {
        heap[at] = slot;
        position[slot] = at;
    }
}
