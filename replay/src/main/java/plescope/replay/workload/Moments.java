package plescope.replay.workload;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The recorded happenings of one vCPU that become steps, in primitive arrays, read back in time order. Ties go by kind, then by
 * arrival: an IPI sent at the moment an episode starts comes before the wait for it.
 */
final class Moments {
    /** What happened; the order is the order of ties. */
    enum Kind {
        /** An exit the guest asked for. */
        HOST,
        SEND,
        HALT,
        /** A spin wait begins. */
        SPIN
    }

    private static final Kind[] KINDS = Kind.values();

    private long[] timeNs = new long[64];
    private byte[] kinds = new byte[64];
    private long[] payloads = new long[64];
    private int size;

    void add(long time, Kind kind, long payload) {
        if (size == timeNs.length) {
            timeNs = Arrays.copyOf(timeNs, size * 2);
            kinds = Arrays.copyOf(kinds, size * 2);
            payloads = Arrays.copyOf(payloads, size * 2);
        }
        timeNs[size] = time;
        kinds[size] = (byte) kind.ordinal();
        payloads[size] = payload;
        size++;
    }

    /** Indices of all moments in time order. */
    int[] inTimeOrder() {
        return IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(i -> timeNs[i]).thenComparingInt(i -> kinds[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    long timeNs(int index) {
        return timeNs[index];
    }

    Kind kind(int index) {
        return KINDS[kinds[index]];
    }

    long payload(int index) {
        return payloads[index];
    }
}
