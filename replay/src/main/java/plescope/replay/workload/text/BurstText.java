package plescope.replay.workload.text;

import java.util.Arrays;

/** Burst lengths as a histogram: {@code 500x1 30x2} are 500 of length 1 and 30 of length 2. */
final class BurstText {
    /** More episodes than any trace that fits into memory has. */
    private static final int MOST = 1 << 28;

    private int[] lengths = new int[64];
    private int size;

    /** False where the word is no count and length, or the length does not follow the last. */
    boolean add(String word) {
        int times = word.indexOf('x');
        if (times < 0) {
            return false;
        }
        int count = Names.numbered("", word.substring(0, times));
        int length = Names.numbered("", word.substring(times + 1));
        if (count < 1 || length < 0 || count > MOST - size || (size > 0 && length <= lengths[size - 1])) {
            return false;
        }
        if (size + count > lengths.length) {
            lengths = Arrays.copyOf(lengths, Math.max(size + count, 2 * lengths.length));
        }
        Arrays.fill(lengths, size, size + count, length);
        size += count;
        return true;
    }

    int[] all() {
        return Arrays.copyOf(lengths, size);
    }
}
