package plescope.replay.scenario;

/** A scenario that makes no sense: where, what, and what to do about it. */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Columns of the source line that are shown. */
    private static final int WIDTH = 160;

    private static final int LEFT_OF_CARET = 110;
    private static final int MARGIN = 4;

    private final String name;
    private final int line;
    private final int column;
    private final String source;
    private final String hint;

    /**
     * One fault of a scenario.
     *
     * @param name of the file
     * @param line 1-based, 0 for the whole file
     * @param column 1-based, 0 for the whole line
     * @param source the line itself
     * @param hint empty where there is nothing to add
     */
    public ScenarioException(String name, int line, int column, String source, String message, String hint) {
        super(message);
        this.name = name;
        this.line = line;
        this.column = column;
        this.source = source;
        this.hint = hint;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    public String hint() {
        return hint;
    }

    /** {@code file:line:col: error: ...}, the line, a caret below the place, the hint; as diagnostics of logs look. */
    public String rendered() {
        StringBuilder out = new StringBuilder(256).append(printable(name));
        if (line > 0) {
            out.append(':').append(line);
            if (column > 0) {
                out.append(':').append(column);
            }
        }
        out.append(": error: ").append(printable(getMessage())).append('\n');
        if (line > 0) {
            appendSource(out);
        }
        if (!hint.isEmpty()) {
            out.append("  hint: ").append(printable(hint)).append('\n');
        }
        return out.toString();
    }

    private void appendSource(StringBuilder out) {
        String number = Integer.toString(line);
        String margin = " ".repeat(Math.max(0, MARGIN - number.length()));
        int caret = Math.min(Math.max(column - 1, 0), source.length());
        int from = source.length() > WIDTH ? Math.max(0, caret - LEFT_OF_CARET) : 0;
        int to = Math.min(source.length(), from + WIDTH);
        out.append(margin).append(number).append(" | ");
        out.append(printable(source.substring(from, to))).append('\n');
        if (column > 0) {
            out.append(margin).append(" ".repeat(number.length())).append(" | ");
            for (int i = from; i < caret; i++) {
                out.append(source.charAt(i) == '\t' ? '\t' : ' ');
            }
            out.append("^\n");
        }
    }

    /** Control characters become their pictures of U+2400, so that no terminal obeys a file. */
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0x7f) {
                shown.append('\u2421');
            } else {
                shown.append(c < ' ' && c != '\t' ? (char) ('\u2400' + c) : c);
            }
        }
        return shown.toString();
    }
}
