package plescope.replay.guest;

import java.util.Arrays;

/**
 * Runnable tasks of one vCPU that wait for it, in the manner of EEVDF with equal weights: of the tasks that are not ahead of the mean
 * virtual time, the one with the earliest virtual deadline runs. Lag is kept over sleep and migration, at most one slice of it; it
 * is not inflated by the newcomer's own weight [I].
 */
final class TaskQueue {
    private final long sliceNs;
    private GuestTask[] tasks = new GuestTask[8];
    private int size;
    private long sum;
    private long lastMean;

    TaskQueue(long sliceNs) {
        this.sliceNs = sliceNs;
    }

    int size() {
        return size;
    }

    GuestTask get(int i) {
        return tasks[i];
    }

    /** Mean virtual time of the queued tasks and the running one, which may be null. */
    private long mean(GuestTask running) {
        int n = size + (running == null ? 0 : 1);
        return n == 0 ? lastMean : Math.floorDiv(sum + (running == null ? 0 : running.vruntime), n);
    }

    /** Places a task that woke or moved here ({@code place_entity}) and queues it. */
    void enter(GuestTask task, GuestTask running) {
        task.vruntime = mean(running) - task.lagNs;
        task.deadline = task.vruntime + sliceNs;
        add(task);
    }

    /** Remembers the lag of a task that leaves this vCPU; it must have been removed, or have been running. */
    void leave(GuestTask task, GuestTask running) {
        int n = size + 1 + (running == null || running == task ? 0 : 1);
        long others = running == null || running == task ? 0 : running.vruntime;
        lastMean = Math.floorDiv(sum + task.vruntime + others, n);
        task.lagNs = Math.max(-sliceNs, Math.min(sliceNs, lastMean - task.vruntime));
    }

    /** Queues a task that keeps its place in virtual time. */
    void add(GuestTask task) {
        if (size == tasks.length) {
            tasks = Arrays.copyOf(tasks, 2 * size);
        }
        tasks[size++] = task;
        sum += task.vruntime;
    }

    void remove(GuestTask task) {
        int at = 0;
        while (tasks[at] != task) {
            at++;
        }
        size--;
        tasks[at] = tasks[size];
        tasks[size] = null;
        sum -= task.vruntime;
    }

    /** {@code pick_eevdf}: of the queued tasks and the running one, which may be null. */
    GuestTask best(GuestTask running) {
        long mean = mean(running);
        GuestTask best = running != null && running.vruntime <= mean ? running : null;
        for (int i = 0; i < size; i++) {
            GuestTask task = tasks[i];
            if (task.vruntime <= mean && (best == null || task.runsBefore(best))) {
                best = task;
            }
        }
        return best;
    }

    /** Books run time; the slice that ends begins anew. Returns whether one ended ({@code update_deadline}). */
    boolean spend(GuestTask running, long ns) {
        running.vruntime += ns;
        if (running.vruntime < running.deadline) {
            return false;
        }
        running.deadline = running.vruntime + sliceNs;
        return true;
    }
}
