package plescope.replay.spin;

/**
 * How spin is told from work.
 *
 * @param tolerancePercent how far a pure-spin run may exceed its window's usual length, percent
 * @param toleranceNs the least such excess with a microsecond clock, which rounds both ends of a run; an eighth with nanoseconds
 * @param interruptNs guest time an interrupt handler may add to a run that begins with an injection
 * @param serviceNs guest time a spinner may spend in interrupt handlers before it counts as having moved on
 * @param holdBackNs how long an ended episode waits for its siblings' events before its cause is judged
 * @param warmUpSamples PAUSE exits to see before the first one is judged, so that the start of a log is treated like the rest
 * @param warmUpCalls most timeline calls held back for that
 * @param handlerNs guest time a receiver needs to take an IPI and acknowledge it (1-5 us)
 */
public record SpinOptions(
        int tolerancePercent,
        long toleranceNs,
        long interruptNs,
        long serviceNs,
        long holdBackNs,
        int warmUpSamples,
        int warmUpCalls,
        long handlerNs) {
    public static final SpinOptions DEFAULT =
            new SpinOptions(12, 4_000, 12_000, 200_000, 5_000_000, 2_000, 65_536, 2_000);

    public SpinOptions {
        if (tolerancePercent < 0 || toleranceNs < 0 || interruptNs < 0 || serviceNs < 0 || holdBackNs < 0) {
            throw new IllegalArgumentException("tolerances and times must not be negative");
        }
        if (warmUpSamples < 0 || warmUpCalls < 0 || handlerNs < 0) {
            throw new IllegalArgumentException("warm-up and handler time must not be negative");
        }
    }

    /** Nanosecond clocks leave only the cost of entry and exit itself. */
    private static final int FINE_CLOCK_FACTOR = 8;

    /** By how much a run of pure spin may exceed {@code windowNs}. */
    long toleranceNs(long windowNs, boolean fineClock) {
        long least = fineClock ? toleranceNs / FINE_CLOCK_FACTOR : toleranceNs;
        return Math.max(least, windowNs * tolerancePercent / 100);
    }
}
