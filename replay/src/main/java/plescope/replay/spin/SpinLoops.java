package plescope.replay.spin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The PAUSE loops of all guests, by address. VMs that run the same kernel at the same address share their loops. */
final class SpinLoops {
    /** Far above the spin loops of any kernel; further addresses go to the last loop. */
    private static final int MAX_LOOPS = 512;
    /** PAUSE exits needed before a loop's own unit is trusted more than the unit over all loops. */
    private static final long OWN_UNIT_SAMPLES = 64;

    private final Map<Long, SpinLoop> byRip = new HashMap<>();
    private final List<SpinLoop> loops = new ArrayList<>();
    private final UnitHistogram all = new UnitHistogram();

    SpinLoop at(long rip) {
        SpinLoop known = byRip.get(rip);
        if (known != null) {
            return known;
        }
        SpinLoop loop = null;
        for (SpinLoop candidate : loops) {
            if (candidate.contains(rip)) {
                candidate.widen(rip);
                loop = candidate;
                break;
            }
        }
        if (loop == null && loops.size() == MAX_LOOPS) {
            return loops.get(MAX_LOOPS - 1);
        }
        if (loop == null) {
            loop = new SpinLoop(loops.size(), rip);
            loops.add(loop);
        }
        byRip.put(rip, loop);
        return loop;
    }

    /** The loop around an address that need not be its PAUSE; only loops with enough PAUSE exits count. */
    SpinLoop around(long rip) {
        for (SpinLoop loop : loops) {
            if (loop.contains(rip)) {
                return isKnown(loop) ? loop : null;
            }
        }
        return null;
    }

    /** A guest run of {@code guestNs} ended in a PAUSE exit of this loop under this window. */
    void sample(SpinLoop loop, long guestNs, int window) {
        if (window > 0 && guestNs > 0) {
            long picosPerUnit = guestNs * 1000 / window;
            loop.unit.add(picosPerUnit);
            all.add(picosPerUnit);
        }
    }

    /** Guest time of one full window in this loop, 0 where nothing is known. */
    long windowNs(SpinLoop loop, int window) {
        UnitHistogram histogram = isKnown(loop) ? loop.unit : all;
        return window * histogram.unitPicos() / 1000;
    }

    /** Whether this loop had enough PAUSE exits to trust its own unit. */
    boolean isKnown(SpinLoop loop) {
        return loop.unit.samples() >= OWN_UNIT_SAMPLES;
    }

    /** Guest work of one usual turn, from leaving this loop to being back in it; 0 where unknown. */
    long workPerTurnNs(SpinLoop loop) {
        return loop.excess.samples() >= OWN_UNIT_SAMPLES ? loop.excess.peak() : 0;
    }

    UnitHistogram all() {
        return all;
    }

    int size() {
        return loops.size();
    }
}
