package plescope.analysis.cli;

/** Whoever read the output has gone, as {@code head} does: there is nobody left to work for, and nothing to complain about. */
final class OutputClosed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutputClosed(Throwable cause) {
        super("the output is closed", cause, false, false);
    }
}
