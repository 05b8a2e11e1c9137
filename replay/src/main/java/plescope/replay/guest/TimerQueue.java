package plescope.replay.guest;

import java.util.Arrays;

/** A vCPU's sleeping tasks by the time their timers ring, of equal times the lower task first: a binary heap. */
final class TimerQueue {
    private long[] time = new long[8];
    private GuestTask[] task = new GuestTask[8];
    private int size;

    /** When the first one rings; {@code Long.MAX_VALUE} if there is none. */
    long first() {
        return size == 0 ? Long.MAX_VALUE : time[0];
    }

    void add(long at, GuestTask sleeper) {
        if (size == time.length) {
            time = Arrays.copyOf(time, 2 * size);
            task = Arrays.copyOf(task, 2 * size);
        }
        int i = size++;
        while (i > 0 && before(at, sleeper, (i - 1) >>> 1)) {
            move((i - 1) >>> 1, i);
            i = (i - 1) >>> 1;
        }
        time[i] = at;
        task[i] = sleeper;
    }

    /** Takes the first one out. */
    GuestTask poll() {
        GuestTask first = task[0];
        size--;
        long at = time[size];
        GuestTask last = task[size];
        task[size] = null;
        if (size > 0) {
            int i = 0;
            int child = lesserChild(i);
            while (child < size && !before(at, last, child)) {
                move(child, i);
                i = child;
                child = lesserChild(i);
            }
            time[i] = at;
            task[i] = last;
        }
        return first;
    }

    private int lesserChild(int parent) {
        int child = 2 * parent + 1;
        return child + 1 < size && before(time[child + 1], task[child + 1], child) ? child + 1 : child;
    }

    private boolean before(long at, GuestTask sleeper, int other) {
        return at != time[other] ? at < time[other] : sleeper.id < task[other].id;
    }

    private void move(int from, int to) {
        time[to] = time[from];
        task[to] = task[from];
    }
}
