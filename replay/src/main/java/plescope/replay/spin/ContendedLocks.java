package plescope.replay.spin;

import java.util.HashMap;
import java.util.Map;
import plescope.replay.timeline.VmGrouping;

/** The locks of all VMs, one per VM and PAUSE loop, numbered in the order of their first wait. */
final class ContendedLocks {
    private final Map<Long, ContendedLock> byPlace = new HashMap<>();

    /** The lock that this episode waited for, if it waited for one. */
    ContendedLock of(Episode e, VmGrouping grouping) {
        long place = ((long) grouping.vm(e.vcpu) << Integer.SIZE) | e.loop.id;
        return byPlace.computeIfAbsent(place, p -> new ContendedLock(byPlace.size()));
    }
}
