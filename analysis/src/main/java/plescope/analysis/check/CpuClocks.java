package plescope.analysis.check;

import java.util.HashMap;
import java.util.Map;
import plescope.parser.event.EventsLost;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.TraceEvent;

/**
 * Finds host CPUs whose clocks do not tell one time, as those of ftrace's {@code local} clock need not.
 *
 * <p>Two things cannot happen on one clock: a CPU's own lines going back in time, since each ring buffer is filled in order; and
 * a thread leaving one CPU after it has arrived on the next.
 */
final class CpuClocks {
    /** Threads whose places are known; more at once run on no host. */
    private static final int MAX_THREADS = 1 << 16;

    private static final long NONE = -1;

    private final Map<Integer, Place> places = new HashMap<>();
    private long moves;
    private Step worst = new Step(-1, -1, 0, 0);

    /**
     * Two CPUs' clocks at one moment.
     *
     * @param byNs how much at least the one is ahead of the other
     */
    record Step(int ahead, int behind, long timeNs, long byNs) {}

    /** Where a thread runs, and whence it has come without leaving. */
    private static final class Place {
        int cpu = -1;
        boolean running;
        int left = -1;
        long arrivedNs = NONE;
    }

    /** Takes the next event in time order. */
    void accept(TraceEvent event) {
        // Only switches say on which CPU a thread is.
        if (event instanceof SchedSwitch moved) {
            leave(moved.prevTid(), moved.pcpu(), moved.timestampNs());
            arrive(moved.nextTid(), moved.pcpu(), moved.timestampNs());
        } else if (event instanceof EventsLost) {
            places.clear();
        }
    }

    private void arrive(int tid, int cpu, long now) {
        if (tid <= 0 || cpu < 0 || (places.size() >= MAX_THREADS && !places.containsKey(tid))) {
            return;
        }
        Place place = places.computeIfAbsent(tid, t -> new Place());
        boolean elsewhere = place.running && place.cpu != cpu;
        place.left = elsewhere ? place.cpu : -1;
        place.arrivedNs = elsewhere ? now : NONE;
        place.cpu = cpu;
        place.running = true;
    }

    private void leave(int tid, int cpu, long now) {
        Place place = places.get(tid);
        if (place == null || cpu < 0) {
            return;
        }
        if (place.arrivedNs != NONE && place.left == cpu) {
            long by = now - place.arrivedNs;
            if (by > 0) {
                moves++;
                worst = by > worst.byNs() ? new Step(cpu, place.cpu, place.arrivedNs, by) : worst;
            }
        } else {
            place.running = false;
        }
        place.left = -1;
        place.arrivedNs = NONE;
    }

    /** How often a thread left a CPU after it had arrived on another. */
    long moves() {
        return moves;
    }

    /** The two CPUs that were seen furthest apart. */
    Step worst() {
        return worst;
    }
}
