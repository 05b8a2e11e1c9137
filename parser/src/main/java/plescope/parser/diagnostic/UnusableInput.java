package plescope.parser.diagnostic;

/** Ends the reading from deep inside the parser; the reader's door turns it into its checked exception. */
public final class UnusableInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    public UnusableInput(Diagnostic diagnostic) {
        super(diagnostic.message());
        this.diagnostic = diagnostic;
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
