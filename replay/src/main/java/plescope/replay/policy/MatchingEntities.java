package plescope.replay.policy;

/**
 * Two threads' entities lifted to the level where they compete ({@code find_matching_se}): siblings in one {@code cfs_rq}. One
 * instance serves many searches.
 */
final class MatchingEntities {
    private EntityView yielder;
    private EntityView target;

    /** Searches from the leaves up; false if the two share no queue, as on different run queues. */
    boolean find(EntityView yielding, EntityView wanted) {
        for (EntityView y = yielding; y != null; y = y.parentEntity()) {
            for (EntityView t = wanted; t != null; t = t.parentEntity()) {
                if (y.sharesQueueWith(t)) {
                    yielder = y;
                    target = t;
                    return true;
                }
            }
        }
        return false;
    }

    /** The yielder's entity of the pair found last. */
    EntityView yielder() {
        return yielder;
    }

    /** The target's entity of the pair found last. */
    EntityView target() {
        return target;
    }
}
