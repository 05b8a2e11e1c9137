package plescope.replay.scheduler;

/** {@code struct task_group}: a cgroup with one queue and one entity per pCPU. */
final class TaskGroup {
    /** {@code tg->shares}: the default 1024. */
    static final long SHARES = LoadWeight.NICE_0_LOAD;

    private final CfsRunQueue[] queues;
    private final Entity[] entities;

    /** The parent is the group above, null for the root. */
    TaskGroup(RunQueue[] rqs, TaskGroup parent, int depth) {
        queues = new CfsRunQueue[rqs.length];
        entities = new Entity[rqs.length];
        for (int p = 0; p < rqs.length; p++) {
            queues[p] = new CfsRunQueue(rqs[p], this);
            entities[p] = new Entity(-1, queues[p], depth);
            entities[p].cfsRq = parent == null ? rqs[p].root : parent.queues[p];
            queues[p].owner = entities[p];
        }
    }

    CfsRunQueue queue(int pcpu) {
        return queues[pcpu];
    }

    /**
     * {@code calc_group_shares}: the group's shares split over its pCPUs by load, where load is what is queued or, if more,
     * what was queued lately.
     */
    long sharesOn(int pcpu, long now) {
        long load = 0;
        long total = 0;
        for (int p = 0; p < queues.length; p++) {
            CfsRunQueue queue = queues[p];
            long queued = LoadWeight.scaleDown(queue.load);
            long average = queue.average.update(now, queued);
            if (p == pcpu) {
                load = Math.max(queued, average);
                total += load;
            } else {
                total += average;
            }
        }
        long shares = total == 0 ? SHARES : SHARES * load / total;
        return Math.max(LoadWeight.MIN_SHARES, Math.min(SHARES, shares));
    }
}
