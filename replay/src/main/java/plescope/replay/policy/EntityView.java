package plescope.replay.policy;

/** A {@code sched_entity}: a vCPU thread or a cgroup on one pCPU, as far as yield policies act on it. */
public interface EntityView {
    /** The group entity above, null at the root level ({@code parent_entity}). */
    EntityView parentEntity();

    /** Whether both are queued on the same {@code cfs_rq}, so that their virtual times may be compared. */
    boolean sharesQueueWith(EntityView other);

    /** Weighted run time, nanoseconds of a nice-0 task. */
    long vruntime();

    /** Replaces the virtual time of the entity that runs now; it is off the tree, so nothing needs sorting. */
    void setVruntime(long vruntime);

    /** Real time as this entity's virtual time ({@code calc_delta_fair}). */
    long toVirtual(long realNs);
}
