package plescope.replay.scheduler;

/**
 * The sums of EEVDF over one {@code cfs_rq}, taken afresh whenever asked: queues are short. The running entity counts while it is
 * runnable, delayed ones count, too. Sums of weight times distance from {@code minVruntime} fit for 64 threads within 39 hours
 * of each other.
 */
final class EevdfQueue {
    private EevdfQueue() {}

    /** {@code avg_vruntime}: the weighted mean V, rounded down; an empty queue keeps its minimum. */
    static long averageVruntime(CfsRunQueue cfsRq) {
        long reference = cfsRq.minVruntime;
        long load = averageLoad(cfsRq);
        return load == 0 ? reference : reference + Math.floorDiv(weightedOffsets(cfsRq), load);
    }

    /** {@code entity_eligible}: V >= v, compared without division. */
    static boolean eligible(CfsRunQueue cfsRq, Entity se) {
        return weightedOffsets(cfsRq) >= (se.vruntime - cfsRq.minVruntime) * averageLoad(cfsRq);
    }

    /** Sum of weight times distance from {@code minVruntime}. */
    static long weightedOffsets(CfsRunQueue cfsRq) {
        long reference = cfsRq.minVruntime;
        long sum = 0;
        for (int i = 0; i < cfsRq.size(); i++) {
            Entity se = cfsRq.queued(i);
            sum += (se.vruntime - reference) * LoadWeight.scaleDown(se.weight);
        }
        Entity curr = runnable(cfsRq);
        return curr == null ? sum : sum + (curr.vruntime - reference) * LoadWeight.scaleDown(curr.weight);
    }

    static long averageLoad(CfsRunQueue cfsRq) {
        long sum = 0;
        for (int i = 0; i < cfsRq.size(); i++) {
            sum += LoadWeight.scaleDown(cfsRq.queued(i).weight);
        }
        Entity curr = runnable(cfsRq);
        return curr == null ? sum : sum + LoadWeight.scaleDown(curr.weight);
    }

    /** {@code cfs_rq_min_slice}, {@code Long.MAX_VALUE} if nothing is queued. */
    static long minSlice(CfsRunQueue cfsRq) {
        Entity curr = runnable(cfsRq);
        long slice = curr == null ? Long.MAX_VALUE : curr.slice;
        for (int i = 0; i < cfsRq.size(); i++) {
            slice = Math.min(slice, cfsRq.queued(i).slice);
        }
        return slice;
    }

    /** {@code cfs_rq_max_slice}. */
    static long maxSlice(CfsRunQueue cfsRq) {
        Entity curr = runnable(cfsRq);
        long slice = curr == null ? 0 : curr.slice;
        for (int i = 0; i < cfsRq.size(); i++) {
            slice = Math.max(slice, cfsRq.queued(i).slice);
        }
        return slice;
    }

    static long leastVruntime(CfsRunQueue cfsRq) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < cfsRq.size(); i++) {
            long vruntime = cfsRq.queued(i).vruntime;
            least = least == Long.MAX_VALUE || vruntime - least < 0 ? vruntime : least;
        }
        return least;
    }

    /** The running entity if it still wants to run. */
    static Entity runnable(CfsRunQueue cfsRq) {
        return cfsRq.curr != null && cfsRq.curr.onRq ? cfsRq.curr : null;
    }
}
