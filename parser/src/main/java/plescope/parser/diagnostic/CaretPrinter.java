package plescope.parser.diagnostic;

import java.util.Locale;

/**
 * Prints a {@link Diagnostic} with its line and a caret under the damaged byte.
 *
 * <pre>
 * bad.txt:3:55: error PLE-102: kvm_exit: expected the vCPU number, found 'x'
 *    3 | qemu-kvm-2211  [003] ....  812.400127: kvm_exit: vcpu x reason PAUSE_INSTRUCTION
 *      |                                                       ^
 *   hint: the line is damaged at the source; --lenient skips and counts such lines
 * </pre>
 */
public final class CaretPrinter {
    /** Columns of the log line shown; enough for any whole event, narrow enough for a wide terminal. */
    static final int WIDTH = 160;

    /** What is shown left of the caret when the line must be cut. */
    private static final int LEFT_OF_CARET = 110;

    private static final String CUT = "...";

    private CaretPrinter() {}

    public static String print(Diagnostic diagnostic) {
        return print(
                diagnostic.file(),
                diagnostic.line(),
                diagnostic.column(),
                label(diagnostic.severity()) + ' ' + diagnostic.code().id(),
                diagnostic.message(),
                diagnostic.text(),
                diagnostic.hint());
    }

    /**
     * The same for findings about other texts than logs.
     *
     * @param line 1-based, 0 for the whole file
     * @param column 1-based, 0 for the whole line
     * @param label what sort of finding it is
     * @param text the line itself, empty for the whole file
     * @param hint empty where there is nothing to add
     */
    public static String print(
            String file, long line, int column, String label, String message, String text, String hint) {
        StringBuilder out = new StringBuilder(256);
        out.append(file);
        if (line > 0) {
            out.append(':').append(line);
        }
        if (column > 0) {
            out.append(':').append(column);
        }
        out.append(": ").append(label);
        out.append(": ").append(visible(message, 0, message.length(), false)).append('\n');
        if (line > 0 && !text.isEmpty()) {
            source(line, column, text, out);
        }
        if (!hint.isEmpty()) {
            out.append("  hint: ").append(hint).append('\n');
        }
        return out.toString();
    }

    private static String label(Severity severity) {
        return severity == Severity.DATA_LOSS ? "data loss" : severity.name().toLowerCase(Locale.ROOT);
    }

    private static void source(long line, int column, String text, StringBuilder out) {
        String number = String.valueOf(line);
        String margin = " ".repeat(Math.max(4 - number.length(), 0));
        int caret = Math.min(Math.max(column - 1, 0), text.length());
        int from = text.length() > WIDTH && caret > LEFT_OF_CARET ? caret - LEFT_OF_CARET : 0;
        int to = Math.min(text.length(), from + WIDTH);
        String lead = from > 0 ? CUT : "";
        out.append(margin).append(number).append(" | ").append(lead).append(visible(text, from, to, true));
        out.append(to < text.length() ? CUT : "").append('\n');
        if (column > 0) {
            out.append(margin).append(" ".repeat(number.length())).append(" | ").append(" ".repeat(lead.length()));
            for (int i = from; i < caret; i++) {
                out.append(text.charAt(i) == '\t' ? '\t' : ' ');
            }
            out.append("^\n");
        }
    }

    /** Control characters become their pictures of U+2400, one column each, so that no terminal obeys a log. */
    private static String visible(String text, int from, int to, boolean keepTabs) {
        StringBuilder shown = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '\t' && keepTabs) {
                shown.append(c);
            } else if (c < ' ') {
                shown.append((char) ('\u2400' + c));
            } else if (c == 0x7f) {
                shown.append('\u2421');
            } else {
                shown.append(c >= 0x80 && c < 0xa0 ? '\ufffd' : c);
            }
        }
        return shown.toString();
    }
}
