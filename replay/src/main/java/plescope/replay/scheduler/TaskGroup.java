package plescope.replay.scheduler;

import plescope.replay.model.HostModel.Cgroup;

/** {@code struct task_group}: a cgroup with one queue and one entity per pCPU. */
final class TaskGroup {
    private final long shares;
    private final CfsRunQueue[] queues;

    /** What {@code cpu.max} grants, null without a limit. */
    final Bandwidth bandwidth;

    /** pCPUs where the group has, or lately had, load: the only ones that count for shares. */
    private final int[] loaded;

    private final boolean[] isLoaded;
    private int loadedCount;

    /** The parent is the group above, null for the root. */
    TaskGroup(RunQueue[] rqs, TaskGroup parent, Cgroup limits) {
        shares = limits.shares() << LoadWeight.SHIFT;
        queues = new CfsRunQueue[rqs.length];
        loaded = new int[rqs.length];
        isLoaded = new boolean[rqs.length];
        for (int p = 0; p < rqs.length; p++) {
            queues[p] = new CfsRunQueue(rqs[p], this);
            Entity entity = new Entity(-1, queues[p]);
            entity.weight = shares;
            entity.cfsRq = parent == null ? rqs[p].root : parent.queues[p];
            queues[p].owner = entity;
        }
        bandwidth = limits.quotaNs() < 0 ? null : new Bandwidth(limits.quotaNs(), limits.periodNs(), queues);
    }

    CfsRunQueue queue(int pcpu) {
        return queues[pcpu];
    }

    /** The queue of that pCPU now has load. */
    void loaded(int pcpu) {
        if (!isLoaded[pcpu]) {
            isLoaded[pcpu] = true;
            loaded[loadedCount++] = pcpu;
        }
    }

    /**
     * {@code calc_group_shares}: the group's shares split over its pCPUs by load, where load is what is queued or, if more,
     * what was queued lately.
     */
    long sharesOn(int pcpu, long now) {
        loaded(pcpu);
        long load = 0;
        long total = 0;
        for (int i = loadedCount - 1; i >= 0; i--) {
            int p = loaded[i];
            CfsRunQueue queue = queues[p];
            long queued = LoadWeight.scaleDown(queue.load);
            long average = queue.average.update(now, queued);
            if (p == pcpu) {
                load = Math.max(queued, average);
                total += load;
            } else {
                total += average;
            }
            if (queued == 0 && average == 0) {
                isLoaded[p] = false;
                loaded[i] = loaded[--loadedCount];
            }
        }
        long part = total == 0 ? shares : shares * load / total;
        return Math.max(LoadWeight.MIN_SHARES, Math.min(shares, part));
    }
}
