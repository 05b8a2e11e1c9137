package plescope.replay.scheduler;

import java.util.Arrays;

/**
 * {@code struct cfs_rq}: the entities of one cgroup on one pCPU. The tree is a sorted array, for such queues are short; as in
 * the kernel the running entity is not in it, and equal keys keep their order of arrival.
 */
final class CfsRunQueue {
    final RunQueue rq;

    /** The group entity that stands for this queue one level up, null for the root. */
    Entity owner;

    /** Shares of the group, for its entity's weight; null for the root. */
    final TaskGroup group;

    /** What {@code cpu.max} grants the group, null without a limit. */
    Bandwidth bandwidth;

    /** {@code runtime_remaining}: of what was granted to this pCPU. */
    long runtimeLeft;

    /** Off its parent's queue until the group gets more run time. */
    boolean throttled;

    final LoadAverage average = new LoadAverage();

    Entity curr;
    Entity next;
    Entity last;
    Entity skip;
    long minVruntime;

    /** Sum of weights of everything on the queue, the running entity included. */
    long load;

    /** Entities on the queue, running and delayed ones included. */
    int nrRunning;

    /** Runnable threads at and below this queue ({@code h_nr_runnable}). */
    int hNrRunning;

    /** Blocked threads at and below that stay queued; with the runnable ones {@code h_nr_queued}. */
    int hNrDelayed;

    private Entity[] tree = new Entity[8];
    private long[] keys = new long[8];
    private int size;

    CfsRunQueue(RunQueue rq, TaskGroup group) {
        this.rq = rq;
        this.group = group;
    }

    /** Adds to the thread counts from {@code se} up, as far as no level is throttled; true if the root was reached. */
    static boolean count(Entity from, int runnable, int delayed) {
        for (Entity se = from; se != null; se = se.parent()) {
            CfsRunQueue queue = se.cfsRq;
            queue.hNrRunning += runnable;
            queue.hNrDelayed += delayed;
            if (queue.throttled) {
                return false;
            }
        }
        from.cfsRq.rq.nrRunning += runnable;
        return true;
    }

    /** A thread arrived from, or left for, another pCPU and takes its load along. */
    void transferLoad(long scaledLoad) {
        average.transfer(scaledLoad);
        if (group != null) {
            group.loaded(rq.pcpu());
        }
    }

    int size() {
        return size;
    }

    /** In ascending key order. */
    Entity queued(int rank) {
        return tree[rank];
    }

    Entity leftmost() {
        return size == 0 ? null : tree[0];
    }

    /** The entity right of {@code entity}, null if it is the last. */
    Entity successor(Entity entity) {
        int rank = rankOf(entity) + 1;
        return rank < size ? tree[rank] : null;
    }

    void insert(Entity entity, long key) {
        if (size == tree.length) {
            tree = Arrays.copyOf(tree, size * 2);
            keys = Arrays.copyOf(keys, size * 2);
        }
        int rank = size;
        while (rank > 0 && keys[rank - 1] - key > 0) {
            tree[rank] = tree[rank - 1];
            keys[rank] = keys[rank - 1];
            rank--;
        }
        tree[rank] = entity;
        keys[rank] = key;
        size++;
    }

    void remove(Entity entity) {
        int rank = rankOf(entity);
        System.arraycopy(tree, rank + 1, tree, rank, size - rank - 1);
        System.arraycopy(keys, rank + 1, keys, rank, size - rank - 1);
        tree[--size] = null;
    }

    private int rankOf(Entity entity) {
        for (int rank = 0; rank < size; rank++) {
            if (tree[rank] == entity) {
                return rank;
            }
        }
        throw new IllegalStateException("entity is not in the tree");
    }
}
