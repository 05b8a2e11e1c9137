package plescope.replay.scenario.text;

/** A simulated schedule would become more text than there is room for. */
public final class TraceTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TraceTooLongException(long rows, long timeNs) {
        super("the trace is too long for the memory there is: " + rows + " exits, IPIs and switches in the first "
                + timeNs / 1_000_000
                + " ms already; give a shorter --span, or Java more memory (JAVA_TOOL_OPTIONS=-Xmx8g)");
    }
}
