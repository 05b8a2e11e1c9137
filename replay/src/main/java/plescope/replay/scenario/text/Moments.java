package plescope.replay.scenario.text;

import java.util.Arrays;

/** A number that changes from time to time: what it was when. Moments come in order; old ones can be forgotten. */
final class Moments {
    private long[] times = new long[16];
    private int[] values = new int[16];
    private int size;

    /** From that moment on; of several at one moment the last counts. */
    void set(long timeNs, int value) {
        if (size > 0 && times[size - 1] == timeNs) {
            values[size - 1] = value;
            return;
        }
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        times[size] = timeNs;
        values[size++] = value;
    }

    int size() {
        return size;
    }

    long time(int index) {
        return times[index];
    }

    int value(int index) {
        return values[index];
    }

    /** Index of the last change before that moment, -1 for none. */
    int before(long timeNs) {
        int last = size - 1;
        if (last < 0 || times[last] < timeNs) {
            return last;
        }
        int at = Arrays.binarySearch(times, 0, size, timeNs);
        return at >= 0 ? at - 1 : -at - 2;
    }

    /** Index of the last change at or before that moment, -1 for none. */
    int until(long timeNs) {
        int before = before(timeNs);
        return before + 1 < size && times[before + 1] == timeNs ? before + 1 : before;
    }

    /** Index of the change at that moment, -1 for none. */
    int at(long timeNs) {
        int index = until(timeNs);
        return index >= 0 && times[index] == timeNs ? index : -1;
    }

    /** Index of the first change after that moment, -1 for none. */
    int after(long timeNs) {
        int next = until(timeNs) + 1;
        return next < size ? next : -1;
    }

    void removeLast() {
        size--;
    }

    /** All but the last change. */
    void forget() {
        if (size > 1) {
            times[0] = times[size - 1];
            values[0] = values[size - 1];
            size = 1;
        }
    }
}
