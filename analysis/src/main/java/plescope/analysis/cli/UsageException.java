package plescope.analysis.cli;

/** The command line makes no sense; the message is fit for the user. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
