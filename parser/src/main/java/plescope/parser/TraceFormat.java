package plescope.parser;

/** Which tool printed the log. */
public enum TraceFormat {
    PERF_SCRIPT("perf script"),
    TRACE_CMD("trace-cmd report"),
    FTRACE("ftrace"),
    UNKNOWN("unknown");

    private final String label;

    TraceFormat(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
