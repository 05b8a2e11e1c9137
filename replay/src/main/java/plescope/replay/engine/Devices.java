package plescope.replay.engine;

import java.util.Arrays;

/** What devices have yet to finish: a binary heap by time, then order of asking. */
final class Devices {
    private final Machine machine;
    private long[] atNs = new long[16];
    private long[] sequence = new long[16];
    private Runnable[] device = new Runnable[16];
    private int size;
    private long nextSequence;

    Devices(Machine machine) {
        this.machine = machine;
    }

    void callAt(long at, Runnable called) {
        if (size == atNs.length) {
            atNs = Arrays.copyOf(atNs, 2 * size);
            sequence = Arrays.copyOf(sequence, 2 * size);
            device = Arrays.copyOf(device, 2 * size);
        }
        int hole = size++;
        long number = nextSequence++;
        while (hole > 0 && before(at, number, (hole - 1) / 2)) {
            move((hole - 1) / 2, hole);
            hole = (hole - 1) / 2;
        }
        put(hole, at, number, called);
        schedule();
    }

    /** Calls the one that is due first. */
    void call() {
        Runnable called = device[0];
        int last = --size;
        sinkFromTop(atNs[last], sequence[last], device[last]);
        device[last] = null;
        schedule();
        called.run();
    }

    private void sinkFromTop(long at, long number, Runnable moved) {
        int hole = 0;
        while (2 * hole + 1 < size) {
            int child = 2 * hole + 1;
            if (child + 1 < size && before(atNs[child + 1], sequence[child + 1], child)) {
                child++;
            }
            if (before(at, number, child)) {
                break;
            }
            move(child, hole);
            hole = child;
        }
        if (size > 0) {
            put(hole, at, number, moved);
        }
    }

    private void schedule() {
        if (size > 0) {
            machine.queue.schedule(machine.slots.of(Due.DEVICE), atNs[0]);
        }
    }

    private boolean before(long at, long number, int other) {
        return at != atNs[other] ? at < atNs[other] : number < sequence[other];
    }

    private void move(int from, int to) {
        put(to, atNs[from], sequence[from], device[from]);
    }

    private void put(int to, long at, long number, Runnable called) {
        atNs[to] = at;
        sequence[to] = number;
        device[to] = called;
    }
}
