package plescope.parser.grammar;

/** Says only that a line does not fit; where is known to the token stream. Made once per reader, without a stack. */
public final class LineRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LineRefused() {
        super("line refused", null, false, false);
    }
}
