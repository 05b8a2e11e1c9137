package plescope.analysis.recording;

/** A recording whose work does not fit into memory. */
public final class RecordingTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long timeNs;

    RecordingTooLongException(long rows, long timeNs) {
        super("the recording is too long for the memory there is: " + rows + " rows in the first " + timeNs / 1_000_000
                + " ms already; take a part of it (plescope extract TRACE --time 10%/1), or give Java more memory"
                + " (PLESCOPE_JAVA_OPTIONS=-Xmx8g)");
        this.timeNs = timeNs;
    }

    /** How much of the recording fitted. */
    public long fittedNs() {
        return timeNs;
    }
}
