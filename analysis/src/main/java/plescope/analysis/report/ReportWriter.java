package plescope.analysis.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Prints a {@link ReportTable}. Numbers look the same in every format and on every machine. */
public final class ReportWriter {
    private final int width;
    private final boolean bold;

    /** @param width columns of the terminal; tables are cut to fit, other formats never */
    public ReportWriter(int width) {
        this(width, false);
    }

    /** @param bold whether heads of tables stand out, for terminals that can */
    public ReportWriter(int width, boolean bold) {
        this.width = width;
        this.bold = bold;
    }

    public String write(ReportTable table, ReportFormat format) {
        if (format == ReportFormat.TABLE) {
            return new TerminalTable(table, width, bold).text();
        }
        RowText text = rows(table.columns(), format);
        StringBuilder out = new StringBuilder(text.head());
        table.rows().forEach(row -> out.append(text.row(row)));
        return out.append(text.tail()).toString();
    }

    /** The same row by row. @throws IllegalArgumentException for {@link ReportFormat#TABLE}, whose widths depend on all rows */
    public static RowText rows(List<ReportTable.Column> columns, ReportFormat format) {
        return switch (format) {
            case CSV -> new CsvText(columns);
            case JSON -> new JsonText(columns, false);
            case JSONL -> new JsonText(columns, true);
            case MARKDOWN -> new MarkdownText(columns);
            case TABLE -> throw new IllegalArgumentException("a table is laid out as a whole");
        };
    }

    /** Replaces line ends, control characters and what else does not show as itself, which a trace's own names may hold. */
    static String oneLine(String value) {
        StringBuilder out = new StringBuilder(value.length());
        value.codePoints().forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return VisibleText.of(out.toString());
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
