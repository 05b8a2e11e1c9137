package plescope.analysis.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Text table for a terminal. Where it is too wide, first the heads break at their underscores, then text is cut, the widest column
 * first. Numbers are never cut: half a number is a wrong number.
 */
final class TerminalTable {
    private static final String GAP = "  ";

    /** Text narrower than this says nothing; a table that is still too wide stays so. */
    private static final int NARROWEST = 8;

    /** ECMA-48, select graphic rendition. */
    private static final String BOLD = "\033[1m";

    private static final String PLAIN = "\033[0m";

    private final ReportTable table;
    private final boolean bold;
    private final List<List<String>> cells = new ArrayList<>();
    private final int[] widths;

    /**
     * @param width columns of the terminal
     * @param bold whether heads stand out
     */
    TerminalTable(ReportTable table, int width, boolean bold) {
        this.table = table;
        this.bold = bold;
        this.widths = new int[table.columns().size()];
        for (List<Object> row : table.rows()) {
            cells.add(row.stream()
                    .map(value -> ReportWriter.oneLine(ReportWriter.text(value)))
                    .toList());
        }
        fit(width);
    }

    String text() {
        StringBuilder out = new StringBuilder();
        List<List<String>> heads = new ArrayList<>();
        int lines = 1;
        for (int i = 0; i < widths.length; i++) {
            heads.add(broken(table.columns().get(i).name(), widths[i]));
            lines = Math.max(lines, heads.get(i).size());
        }
        for (int line = lines; line > 0; line--) {
            // Heads stand on the rows below them.
            List<String> head = new ArrayList<>();
            for (List<String> parts : heads) {
                head.add(parts.size() < line ? "" : parts.get(parts.size() - line));
            }
            if (bold) {
                out.append(BOLD).append(row(head)).append(PLAIN).append('\n');
            } else {
                out.append(row(head)).append('\n');
            }
        }
        cells.forEach(row -> out.append(row(row)).append('\n'));
        return out.toString();
    }

    private String row(List<String> row) {
        StringBuilder printed = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cut(row.get(i), widths[i]);
            String pad = " ".repeat(widths[i] - length(cell));
            printed.append(i == 0 ? "" : GAP).append(isNumber(i) ? pad + cell : cell + pad);
        }
        return printed.toString().stripTrailing();
    }

    private void fit(int width) {
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = cells.stream()
                    .mapToInt(row -> length(row.get(column)))
                    .max()
                    .orElse(0);
        }
        int[] bare = widths.clone();
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(bare[i], length(table.columns().get(i).name()));
        }
        if (total() <= width) {
            return;
        }
        for (int i = 0; i < widths.length; i++) {
            int longestPart = broken(table.columns().get(i).name(), 1).stream()
                    .mapToInt(TerminalTable::length)
                    .max()
                    .orElse(0);
            widths[i] = Math.max(bare[i], longestPart);
        }
        int widest = widestText();
        while (total() > width && widest >= 0) {
            widths[widest]--;
            widest = widestText();
        }
    }

    /** The text column that can best give way, or -1. */
    private int widestText() {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            if (!isNumber(i) && widths[i] > NARROWEST && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }

    private int total() {
        int total = Math.max(0, widths.length - 1) * GAP.length();
        for (int w : widths) {
            total += w;
        }
        return total;
    }

    private boolean isNumber(int column) {
        return ReportWriter.isNumber(table.columns().get(column).type());
    }

    /** A head in lines of at most {@code width}, broken behind underscores only. */
    private static List<String> broken(String head, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String part : head.split("(?<=_)", -1)) {
            if (!line.isEmpty() && line.length() + part.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(part);
        }
        lines.add(line.toString());
        return lines;
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private static String cut(String cell, int width) {
        return length(cell) <= width ? cell : cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
    }
}
