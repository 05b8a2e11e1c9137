package plescope.analysis.report;

import java.util.List;

/** One array of objects, or one object per line. */
final class JsonText implements RowText {
    private final List<ReportTable.Column> columns;
    private final boolean lines;
    private boolean first = true;

    /** @param lines whether each row is a line of its own, with no array around them */
    JsonText(List<ReportTable.Column> columns, boolean lines) {
        this.columns = columns;
        this.lines = lines;
    }

    @Override
    public String head() {
        return lines ? "" : "[";
    }

    @Override
    public String row(List<Object> values) {
        StringBuilder out = new StringBuilder();
        if (!lines) {
            out.append(first ? "\n  " : ",\n  ");
        }
        first = false;
        out.append('{');
        for (int i = 0; i < columns.size(); i++) {
            Object value = values.get(i);
            out.append(i == 0 ? "" : ", ");
            text(out, columns.get(i).name());
            out.append(": ");
            if (value instanceof String words) {
                text(out, words);
            } else {
                out.append(value == null || !isFinite(value) ? "null" : ReportWriter.text(value));
            }
        }
        return out.append(lines ? "}\n" : "}").toString();
    }

    @Override
    public String tail() {
        if (lines) {
            return "";
        }
        return first ? "]\n" : "\n]\n";
    }

    private static void text(StringBuilder out, String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || (c >= 0x7f && !VisibleText.isVisible(c) && !Character.isSurrogate(c))) {
                // the same text to every reader, and no bidirectional mark to whoever looks at it
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(Character.forDigit(c >> shift & 15, 16));
                }
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean isFinite(Object value) {
        return !(value instanceof Double number) || Double.isFinite(number);
    }
}
