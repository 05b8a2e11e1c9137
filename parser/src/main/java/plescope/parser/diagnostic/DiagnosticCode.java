package plescope.parser.diagnostic;

/** Every finding has one code; {@code parser/README.md} lists them and a test compares. */
public enum DiagnosticCode {
    /** The file is not a text log at all. */
    WRONG_FILE("PLE-001", Severity.ERROR);

    private final String id;
    private final Severity severity;

    DiagnosticCode(String id, Severity severity) {
        this.id = id;
        this.severity = severity;
    }

    /** Stable identifier, such as {@code PLE-102}. */
    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }
}
