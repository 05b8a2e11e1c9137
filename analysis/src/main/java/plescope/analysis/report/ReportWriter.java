package plescope.analysis.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Prints a {@link ReportTable}. Numbers look the same in every format and on every machine. */
public final class ReportWriter {
    private static final String CSV_LINE_END = "\r\n";

    private final int width;

    /** @param width columns of the terminal; tables are cut to fit, other formats never */
    public ReportWriter(int width) {
        this.width = width;
    }

    public String write(ReportTable table, ReportFormat format) {
        return switch (format) {
            case TABLE -> new TerminalTable(table, width).text();
            case CSV -> csv(table);
            case JSON -> json(table);
            case MARKDOWN -> markdown(table);
        };
    }

    private static String csv(ReportTable table) {
        StringBuilder out = new StringBuilder();
        List<String> cells = new ArrayList<>();
        for (ReportTable.Column column : table.columns()) {
            cells.add(quoted(column.name()));
        }
        out.append(String.join(",", cells)).append(CSV_LINE_END);
        for (List<Object> row : table.rows()) {
            cells.clear();
            for (Object value : row) {
                cells.add(value instanceof String words ? csvText(words) : text(value));
            }
            out.append(String.join(",", cells)).append(CSV_LINE_END);
        }
        return out.toString();
    }

    /** Quotes where RFC 4180 asks for it; an apostrophe keeps spreadsheets from running text such as {@code =cmd()}. */
    private static String csvText(String value) {
        String safe = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return quoted(safe);
    }

    private static String quoted(String value) {
        boolean quote = value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quote ? "\"" + value.replace("\"", "\"\"") + "\"" : value;
    }

    private static String json(ReportTable table) {
        StringBuilder out = new StringBuilder("[");
        for (int r = 0; r < table.rows().size(); r++) {
            out.append(r == 0 ? "\n  {" : ",\n  {");
            for (int i = 0; i < table.columns().size(); i++) {
                Object value = table.rows().get(r).get(i);
                out.append(i == 0 ? "" : ", ");
                jsonText(out, table.columns().get(i).name());
                out.append(": ");
                if (value instanceof String words) {
                    jsonText(out, words);
                } else {
                    out.append(value == null || !isFinite(value) ? "null" : text(value));
                }
            }
            out.append('}');
        }
        return out.append(table.rows().isEmpty() ? "]\n" : "\n]\n").toString();
    }

    private static void jsonText(StringBuilder out, String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static String markdown(ReportTable table) {
        StringBuilder out = new StringBuilder("|");
        for (ReportTable.Column column : table.columns()) {
            out.append(' ').append(markdownText(column.name())).append(" |");
        }
        out.append("\n|");
        for (ReportTable.Column column : table.columns()) {
            out.append(isNumber(column.type()) ? "---:|" : "---|");
        }
        out.append('\n');
        for (List<Object> row : table.rows()) {
            out.append('|');
            for (Object value : row) {
                out.append(' ').append(markdownText(text(value))).append(" |");
            }
            out.append('\n');
        }
        return out.toString();
    }

    private static String markdownText(String value) {
        return oneLine(value).replace("\\", "\\\\").replace("|", "\\|");
    }

    /** Replaces line ends and terminal control characters, which a trace's own names may hold. */
    static String oneLine(String value) {
        StringBuilder out = new StringBuilder(value.length());
        value.codePoints().forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return out.toString();
    }

    private static boolean isFinite(Object value) {
        return !(value instanceof Double number) || Double.isFinite(number);
    }

    static String text(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double number) {
            // Six decimals carry every share and ratio; the plain spelling keeps tables aligned and CSV readable.
            return Double.isFinite(number)
                    ? plain(BigDecimal.valueOf(number).setScale(6, RoundingMode.HALF_EVEN))
                    : Double.toString(number);
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** Whether values of a DuckDB type are numbers, which stand to the right and sort greatest first. */
    public static boolean isNumber(String type) {
        return type.endsWith("INT") || type.equals("INTEGER") || type.equals("DOUBLE") || type.startsWith("DECIMAL");
    }
}
