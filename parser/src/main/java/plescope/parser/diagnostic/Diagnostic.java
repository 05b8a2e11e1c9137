package plescope.parser.diagnostic;

/**
 * One finding about the input.
 *
 * @param file source name as the user gave it
 * @param line 1-based line, 0 for the whole file
 * @param column 1-based byte column, 0 for the whole line
 * @param text the line as read (cut at a stated length), empty for the whole file
 */
public record Diagnostic(
        DiagnosticCode code, String file, long line, int column, String text, String message, String hint) {
    public Severity severity() {
        return code.severity();
    }
}
