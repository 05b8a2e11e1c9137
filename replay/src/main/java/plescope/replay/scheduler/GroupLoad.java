package plescope.replay.scheduler;

/** {@code struct sg_lb_stats}: how busy the pCPUs of a group are. Load is what is queued now, without PELT's decayed part [I]. */
final class GroupLoad {
    /** {@code enum group_type}, from least to most pressing. */
    enum Type {
        /** Fewer threads than pCPUs. */
        HAS_SPARE,
        /** As many. */
        FULLY_BUSY,
        /** Affinity kept it from balancing inside. */
        IMBALANCED,
        /** More. */
        OVERLOADED
    }

    int from;
    int to;
    int threads;
    int idle;
    long load;
    Type type = Type.HAS_SPARE;

    /** {@code update_sg_lb_stats}, where any runnable vCPU is taken to use its pCPU in full [I]. */
    void collect(RunQueue[] rqs, int first, int end, boolean imbalanced) {
        from = first;
        to = end;
        threads = 0;
        idle = 0;
        load = 0;
        for (int p = first; p < end; p++) {
            RunQueue rq = rqs[p];
            threads += rq.nrRunning;
            idle += rq.idle() ? 1 : 0;
            load += LoadWeight.scaleDown(rq.root.load);
        }
        if (threads > weight()) {
            type = Type.OVERLOADED;
        } else if (imbalanced) {
            type = Type.IMBALANCED;
        } else {
            type = threads == weight() ? Type.FULLY_BUSY : Type.HAS_SPARE;
        }
    }

    int weight() {
        return to - from;
    }

    /** {@code avg_load}, per pCPU. */
    long averageLoad() {
        return load / weight();
    }

    /** {@code update_sd_pick_busiest}: whether this group is busier than {@code other}. */
    boolean busierThan(GroupLoad other) {
        if (threads == 0) {
            return false;
        }
        if (type != other.type) {
            return type.compareTo(other.type) > 0;
        }
        return switch (type) {
            case OVERLOADED, FULLY_BUSY -> averageLoad() > other.averageLoad();
            case IMBALANCED -> false;
            case HAS_SPARE -> idle < other.idle || (idle == other.idle && threads > other.threads);
        };
    }
}
