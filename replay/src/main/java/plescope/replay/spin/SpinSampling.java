package plescope.replay.spin;

/**
 * How much of a VM's guest time is work, by sampling: host interrupts end guest runs at moments the guest did not choose, so the
 * share of them that hit code outside all PAUSE loops estimates the share of guest time spent outside [I].
 *
 * <p>Needed because a run that began in a loop, left it, and came back to it looks the same whether the vCPU waited first and
 * worked briefly or the other way round. The estimate's standard error is {@code sqrt(p (1 - p) / samples)}.
 */
final class SpinSampling {
    /** Fewer samples than this say nothing yet: at p = 1/2 the error is still 9 points. */
    static final int MIN_SAMPLES = 30;

    private long samples;
    private long outside;
    private long guestNs;
    private long plainWorkNs;
    private long excessNs;

    /** A host interrupt ended a guest run. */
    void sampled(boolean insideLoop) {
        samples++;
        if (!insideLoop) {
            outside++;
        }
    }

    /**
     * A guest run has passed.
     *
     * @param runNs its length
     * @param workNs what of it was work beyond doubt: the run neither began nor ended in a loop
     * @param undecidedNs what of it may be either
     */
    void ran(long runNs, long workNs, long undecidedNs) {
        guestNs += runNs;
        plainWorkNs += workNs;
        excessNs += undecidedNs;
    }

    boolean known() {
        return samples >= MIN_SAMPLES && excessNs > 0;
    }

    /** Of undecided time, the part to count as work so that work as a whole has the sampled share: parts per million. */
    long workPartsPerMillion() {
        // Microseconds keep the product within 64 bits for centuries of guest time.
        long wantedUs = guestNs / 1000 * (outside * 1_000_000 / samples) / 1_000_000 - plainWorkNs / 1000;
        long excessUs = Math.max(1, excessNs / 1000);
        return Math.max(0, Math.min(1_000_000, wantedUs * 1_000_000 / excessUs));
    }
}
