package plescope.replay.spin;

/** One PAUSE loop of guest code: addresses close together, how long its turns take, and what usually precedes it. */
final class SpinLoop {
    /** A loop's code around its PAUSE; compilers keep spin loops within a cache line or two. */
    static final long REACH_BYTES = 64;
    /** From this share of starts right after an own IPI on, a loop waits for IPIs (POLICIES 6.2). */
    private static final double IPI_SHARE = 0.7;

    final int id;
    final UnitHistogram unit = new UnitHistogram();
    private long lowRip;
    private long highRip;
    private long starts;
    private long startsAfterIpi;

    SpinLoop(int id, long rip) {
        this.id = id;
        this.lowRip = rip;
        this.highRip = rip;
    }

    long rip() {
        return lowRip;
    }

    boolean contains(long rip) {
        return rip - lowRip >= -REACH_BYTES && rip - highRip <= REACH_BYTES;
    }

    /** Takes another PAUSE of this loop in, unless the loop would grow without end. */
    void widen(long rip) {
        if (Math.max(highRip, rip) - Math.min(lowRip, rip) <= 2 * REACH_BYTES) {
            lowRip = Math.min(lowRip, rip);
            highRip = Math.max(highRip, rip);
        }
    }

    void started(boolean afterIpi) {
        starts++;
        if (afterIpi) {
            startsAfterIpi++;
        }
    }

    /** Belief that this loop waits for IPIs, from what was seen so far; one half where nothing was. */
    double ipiShare() {
        return (startsAfterIpi + 1.0) / (starts + 2.0);
    }

    boolean waitsForIpis() {
        return ipiShare() >= IPI_SHARE;
    }
}
