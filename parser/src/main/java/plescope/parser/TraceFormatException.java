package plescope.parser;

import java.io.IOException;
import plescope.parser.diagnostic.Diagnostic;

/** The input is unusable: wrong kind of file, damaged beyond the limits, or an error under {@code strict}. */
public final class TraceFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    public TraceFormatException(Diagnostic diagnostic) {
        super(diagnostic.message());
        this.diagnostic = diagnostic;
    }

    /** What was wrong and where; print it with its caret. */
    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
