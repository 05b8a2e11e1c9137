package plescope.replay.workload.text;

import plescope.parser.diagnostic.CaretPrinter;

/** A workload file that makes no sense: where, what, and what to do about it. */
public final class WorkloadFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long line;
    private final int column;
    private final String source;
    private final String hint;

    /**
     * One fault of a file.
     *
     * @param line 1-based, 0 for the whole file
     * @param column 1-based, 0 for the whole line
     * @param source the line itself
     * @param hint empty where there is nothing to add
     */
    WorkloadFormatException(String file, long line, int column, String source, String message, String hint) {
        super(message);
        this.file = file;
        this.line = line;
        this.column = column;
        this.source = source;
        this.hint = hint;
    }

    public long line() {
        return line;
    }

    public int column() {
        return column;
    }

    /** {@code file:line:column: error: ...}, the line, a caret below the place, the hint. */
    public String rendered() {
        return CaretPrinter.print(file, line, column, "error", getMessage(), source, hint);
    }
}
