package plescope.analysis.cli;

import plescope.parser.diagnostic.Diagnostic;

/** Prints a finding about the input as a compiler does: place, message, the line with a caret, hint. */
final class InputMessage {
    private InputMessage() {}

    static String of(Diagnostic d) {
        StringBuilder out = new StringBuilder(d.file());
        if (d.line() > 0) {
            out.append(':').append(d.line());
        }
        if (d.column() > 0) {
            out.append(':').append(d.column());
        }
        out.append(": ")
                .append(severity(d))
                .append(' ')
                .append(d.code().id())
                .append(": ")
                .append(d.message());
        if (!d.text().isEmpty()) {
            String margin = "   " + d.line() + " | ";
            out.append('\n').append(margin).append(d.text());
            if (d.column() > 0) {
                out.append('\n').append(" ".repeat(margin.length() - 2)).append("| ");
                out.append(blanksUpTo(d.text(), d.column() - 1)).append('^');
            }
        }
        return d.hint().isEmpty()
                ? out.toString()
                : out.append("\n  hint: ").append(d.hint()).toString();
    }

    private static String severity(Diagnostic d) {
        return switch (d.severity()) {
            case INFO -> "info";
            case NOTICE -> "notice";
            case DATA_LOSS -> "loss";
            case ERROR -> "error";
        };
    }

    /** Repeats tabs, so that the caret stands below its column. */
    private static String blanksUpTo(String text, int count) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append(i < text.length() && text.charAt(i) == '\t' ? '\t' : ' ');
        }
        return out.toString();
    }
}
