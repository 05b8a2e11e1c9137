package plescope.analysis.report;

import java.util.List;

/** A table of GitHub's Markdown, numbers to the right. */
final class MarkdownText implements RowText {
    private final List<ReportTable.Column> columns;

    MarkdownText(List<ReportTable.Column> columns) {
        this.columns = columns;
    }

    @Override
    public String head() {
        StringBuilder out = new StringBuilder("|");
        for (ReportTable.Column column : columns) {
            out.append(' ').append(cell(column.name())).append(" |");
        }
        out.append("\n|");
        for (ReportTable.Column column : columns) {
            out.append(ReportWriter.isNumber(column.type()) ? "---:|" : "---|");
        }
        return out.append('\n').toString();
    }

    @Override
    public String row(List<Object> values) {
        StringBuilder out = new StringBuilder("|");
        for (Object value : values) {
            out.append(' ').append(cell(ReportWriter.text(value))).append(" |");
        }
        return out.append('\n').toString();
    }

    @Override
    public String tail() {
        return "";
    }

    /** Nothing in a name ends its cell or becomes a tag, an entity, a link or code. */
    private static String cell(String value) {
        StringBuilder out = new StringBuilder(value.length());
        ReportWriter.oneLine(value).chars().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '\\', '|', '[', '`' -> out.append('\\').append((char) c);
                default -> out.append((char) c);
            }
        });
        return out.toString();
    }
}
