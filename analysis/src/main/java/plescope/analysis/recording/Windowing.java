package plescope.analysis.recording;

/**
 * How a recording is cut that may be too long for the memory there is.
 *
 * @param lengthNs of a window where windows are asked for, 0 for all at once where that fits
 * @param mostRows rows of a recording that fit at once
 */
public record Windowing(long lengthNs, long mostRows) {
    /** Of what fits at once, what a window takes: recordings are uneven [I]. */
    private static final int WINDOWS_PER_FIT = 2;

    /** With the memory of this process. */
    public static Windowing of(long lengthNs) {
        return new Windowing(lengthNs, BoundedSink.rowsThatFit());
    }

    /** Whether windows are asked for whether or not the whole fits. */
    public boolean asked() {
        return lengthNs > 0;
    }

    /**
     * The length of the windows.
     *
     * @param fittedNs how much of the recording fitted at once, where no length is asked for
     */
    public long lengthNs(long fittedNs) {
        return asked() ? lengthNs : Math.max(1, fittedNs / WINDOWS_PER_FIT);
    }
}
