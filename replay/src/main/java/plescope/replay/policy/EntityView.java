package plescope.replay.policy;

/** A {@code sched_entity}: a vCPU thread or a cgroup on one pCPU, as far as yield policies act on it. */
public interface EntityView {
    /** The group entity above, null at the root level ({@code parent_entity}). */
    EntityView parentEntity();

    /** Whether both are queued on the same {@code cfs_rq}, so that their virtual times may be compared. */
    boolean sharesQueueWith(EntityView other);

    /** Whether it is {@code cfs_rq->curr}: it runs, or a thread below it does. */
    boolean current();

    /** {@code on_rq}. */
    boolean queued();

    /** Runnable threads at and below its queue ({@code cfs_rq->h_nr_queued}). */
    int queuedThreads();

    /** Weighted run time, nanoseconds of a nice-0 task. */
    long vruntime();

    /** Replaces the virtual time of the entity that runs now; it is off the tree, so nothing needs sorting. */
    void setVruntime(long vruntime);

    /** Moves it, queued or running, to another virtual time; deadline and protection move along, the sums of its queue stay right. */
    void shiftTo(long vruntime);

    /** Virtual deadline; equals the virtual time under CFS. */
    long deadline();

    /** Replaces the deadline of the entity that runs now; nothing under CFS. */
    void setDeadline(long deadline);

    /** Its request, real time ({@code se->slice}); the minimum granularity under CFS. */
    long sliceNs();

    /** {@code avg_vruntime} of its queue; {@code min_vruntime} under CFS. */
    long queueVruntime();

    /** {@code entity_eligible}; true under CFS. */
    boolean eligible();

    /** Most lag it may have, virtual time ({@code entity_lag}). */
    long lagLimit();

    /** {@code cancel_protect_slice}; nothing under CFS. */
    void endProtection();

    /** Real time as this entity's virtual time ({@code calc_delta_fair}). */
    long toVirtual(long realNs);

    /** Changes places with an entity of the same queue: each takes over the other's virtual time and deadline. */
    void exchangeWith(EntityView other);
}
