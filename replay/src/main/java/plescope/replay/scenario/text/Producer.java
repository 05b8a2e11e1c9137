package plescope.replay.scenario.text;

/** A program that prints traces. */
public enum Producer {
    /** {@code perf script}: kernel text, right-aligned names, microseconds cut off. */
    PERF("perf"),
    /** {@code trace-cmd report} with its plugins: their text where they have one, microseconds rounded. */
    TRACE_CMD("trace-cmd"),
    /** The kernel's own {@code trace} file: kernel text, a column of flags, microseconds cut off. */
    FTRACE("ftrace");

    private final String label;

    Producer(String label) {
        this.label = label;
    }

    /** As typed on the command line. */
    public String label() {
        return label;
    }
}
