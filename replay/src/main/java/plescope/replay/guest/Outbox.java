package plescope.replay.guest;

import java.util.Arrays;

/** Interrupts a vCPU has yet to send, in order: each takes an exit of its own. */
final class Outbox {
    private int[] receiver = new int[8];
    private int[] vector = new int[8];
    private long[] tag = new long[8];
    private int first;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void add(int toVcpu, int withVector, long withTag) {
        if (size == receiver.length) {
            grow();
        }
        int at = (first + size++) & (receiver.length - 1);
        receiver[at] = toVcpu;
        vector[at] = withVector;
        tag[at] = withTag;
    }

    private void grow() {
        int[] receivers = Arrays.copyOf(receiver, 2 * size);
        int[] vectors = Arrays.copyOf(vector, 2 * size);
        long[] tags = Arrays.copyOf(tag, 2 * size);
        for (int i = 0; i < size; i++) {
            int from = (first + i) & (size - 1);
            receivers[i] = receiver[from];
            vectors[i] = vector[from];
            tags[i] = tag[from];
        }
        receiver = receivers;
        vector = vectors;
        tag = tags;
        first = 0;
    }

    int receiver() {
        return receiver[first];
    }

    int vector() {
        return vector[first];
    }

    long tag() {
        return tag[first];
    }

    void removeFirst() {
        first = (first + 1) & (receiver.length - 1);
        size--;
    }
}
