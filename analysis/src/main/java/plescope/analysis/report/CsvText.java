package plescope.analysis.report;

import java.util.ArrayList;
import java.util.List;

/** RFC 4180. */
final class CsvText implements RowText {
    private static final String LINE_END = "\r\n";

    private final List<ReportTable.Column> columns;

    CsvText(List<ReportTable.Column> columns) {
        this.columns = columns;
    }

    @Override
    public String head() {
        return String.join(
                        ",",
                        columns.stream().map(column -> quoted(column.name())).toList())
                + LINE_END;
    }

    @Override
    public String row(List<Object> values) {
        List<String> cells = new ArrayList<>(values.size());
        for (Object value : values) {
            cells.add(value instanceof String words ? text(words) : ReportWriter.text(value));
        }
        return String.join(",", cells) + LINE_END;
    }

    @Override
    public String tail() {
        return "";
    }

    /** Quotes where RFC 4180 asks for it; an apostrophe keeps spreadsheets from running text such as {@code =cmd()}. */
    private static String text(String value) {
        String safe = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return quoted(safe);
    }

    private static String quoted(String value) {
        boolean quote = value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quote ? "\"" + value.replace("\"", "\"\"") + "\"" : value;
    }
}
