package plescope.parser.diagnostic;

/** How much a finding matters to the answer. */
public enum Severity {
    INFO,
    NOTICE,
    DATA_LOSS,
    ERROR
}
