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

    private static String cell(String value) {
        return ReportWriter.oneLine(value).replace("\\", "\\\\").replace("|", "\\|");
    }
}
