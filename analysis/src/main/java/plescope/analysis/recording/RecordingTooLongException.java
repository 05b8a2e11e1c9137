package plescope.analysis.recording;

/** A recording whose work does not fit into memory. */
public final class RecordingTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long timeNs;

    RecordingTooLongException(long rows, long timeNs) {
        super("the recording is too long for the memory there is: " + rows + " rows in the first " + timeNs / 1_000_000
                + " ms already; cut what fits (plescope extract TRACE --time 0ms," + half(timeNs)
                + "ms -o part.plescope.zst) and take that, replay it in windows (plescope replay, analyze, sweep and tune"
                + " do so with a TRACE or DATABASE), or give Java more memory (PLESCOPE_JAVA_OPTIONS=-Xmx8g)");
        this.timeNs = timeNs;
    }

    /** Recordings are uneven, and what is written needs room, too [I]. */
    private static long half(long timeNs) {
        return Math.max(1, timeNs / 2_000_000);
    }

    /** How much of the recording fitted. */
    public long fittedNs() {
        return timeNs;
    }
}
