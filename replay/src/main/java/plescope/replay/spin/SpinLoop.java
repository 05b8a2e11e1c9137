package plescope.replay.spin;

/** One PAUSE loop of guest code: addresses close together, how long its turns take, and what usually precedes it. */
final class SpinLoop {
    /** A loop's code around its PAUSE; compilers keep spin loops within a cache line or two. */
    static final long REACH_BYTES = 64;
    /**
     * From this share of waits that begin with an own IPI unhandled on, a loop waits for IPIs. The rule of thumb is a start
     * within 5 us of the ICR write; real waits for several receivers begin anew at each one's answer, later than that.
     */
    private static final double IPI_SHARE = 0.7;

    final int id;
    /** Picoseconds per unit of window. */
    final UnitHistogram unit = new UnitHistogram();
    /** Nanoseconds by which runs that began in the loop exceed their window, where they do: one turn of work, or more. */
    final UnitHistogram excess = new UnitHistogram();

    private long lowRip;
    private long highRip;
    private long waits;
    private long waitsWithOpenIpis;

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

    void waited(boolean ownIpiOpen) {
        waits++;
        if (ownIpiOpen) {
            waitsWithOpenIpis++;
        }
    }

    /** Belief that this loop waits for IPIs, from what was seen so far; one half where nothing was. */
    double ipiShare() {
        return (waitsWithOpenIpis + 1.0) / (waits + 2.0);
    }

    boolean waitsForIpis() {
        return ipiShare() >= IPI_SHARE;
    }
}
