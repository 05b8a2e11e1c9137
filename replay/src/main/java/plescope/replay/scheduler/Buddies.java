package plescope.replay.scheduler;

/** The hints of {@code cfs_rq}: whom to pick next, whom to go back to, whom to skip; each is set on every level of a thread. */
final class Buddies {
    private Buddies() {}

    /** {@code set_next_buddy}: on every level that has the entity queued. */
    static void setNext(Entity target) {
        for (Entity se = target; se != null && se.onRq; se = se.parent()) {
            se.cfsRq.next = se;
        }
    }

    /** {@code set_last_buddy}. */
    static void setLast(Entity preempted) {
        for (Entity se = preempted; se != null && se.onRq; se = se.parent()) {
            se.cfsRq.last = se;
        }
    }

    /** {@code set_skip_buddy}. */
    static void setSkip(Entity yielder) {
        for (Entity se = yielder; se != null && se.onRq; se = se.parent()) {
            se.cfsRq.skip = se;
        }
    }

    /** {@code clear_buddies}: from {@code entity} up, as far as it is the hinted one. */
    static void clear(Entity entity) {
        for (Entity se = entity; se != null && se.cfsRq.last == se; se = se.parent()) {
            se.cfsRq.last = null;
        }
        for (Entity se = entity; se != null && se.cfsRq.next == se; se = se.parent()) {
            se.cfsRq.next = null;
        }
        for (Entity se = entity; se != null && se.cfsRq.skip == se; se = se.parent()) {
            se.cfsRq.skip = null;
        }
    }
}
