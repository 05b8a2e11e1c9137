package plescope.replay.calibration;

import plescope.replay.model.DirectedYield;
import plescope.replay.model.DirectedYield.Outcome;
import plescope.replay.model.SelectiveSink;

/**
 * What became of spinners after PLE exits: how often a sibling ran next, and how long they were away from their pCPU. Both tell
 * schedulers apart: CFS passes a yielder over once and then takes it back, late EEVDF makes it forfeit its place for a slice.
 */
public final class YieldTally extends SelectiveSink {
    /** Four per octave, so that neighbours differ by a fifth. */
    private static final int BINS_PER_OCTAVE = 4;

    private long siblings;
    private long judged;
    private final long[] absences = new long[Long.SIZE * BINS_PER_OCTAVE];
    private long measured;

    @Override
    public void directedYield(DirectedYield yielded) {
        if (yielded.outcome() == Outcome.UNKNOWN) {
            return;
        }
        judged++;
        siblings += yielded.outcome() == Outcome.SIBLING ? 1 : 0;
        if (yielded.offCpuNs() >= 0) {
            measured++;
            absences[bin(yielded.offCpuNs())]++;
        }
    }

    /** The bin of a duration; 0 ns, no absence at all, and what is shorter than a context switch share the first. */
    private static int bin(long ns) {
        if (ns < BINS_PER_OCTAVE) {
            return 0;
        }
        int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(ns);
        return octave * BINS_PER_OCTAVE + (int) (ns >> (octave - 2) & (BINS_PER_OCTAVE - 1));
    }

    /** PLE exits whose successor is known. */
    public long judged() {
        return judged;
    }

    /** Of those, after which a sibling ran, in thousandths. */
    public long siblingPermille() {
        return judged == 0 ? 0 : siblings * 1000 / judged;
    }

    /** Largest distance between the distributions of absences, in thousandths (Kolmogorov and Smirnov); 0 where either is empty. */
    long absencesApartPermille(YieldTally other) {
        if (measured == 0 || other.measured == 0) {
            return 0;
        }
        long largest = 0;
        long mine = 0;
        long theirs = 0;
        for (int bin = 0; bin < absences.length; bin++) {
            mine += absences[bin];
            theirs += other.absences[bin];
            largest = Math.max(largest, Math.abs(mine * 1000 / measured - theirs * 1000 / other.measured));
        }
        return largest;
    }
}
