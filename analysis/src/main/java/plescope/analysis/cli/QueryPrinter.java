package plescope.analysis.cli;

import java.io.PrintStream;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportWriter;
import plescope.analysis.report.RowText;

/** Prints the answer of a query: as it comes where the format allows it, so that its length does not matter. */
final class QueryPrinter {
    /** A table is laid out as a whole, and nobody reads more of one. */
    static final int MOST_ROWS_OF_A_TABLE = 100_000;

    private final ReportRunner runner;
    private final ReportFormat format;
    private final Terminal terminal;

    QueryPrinter(ReportRunner runner, ReportFormat format, Terminal terminal) {
        this.runner = runner;
        this.format = format;
        this.terminal = terminal;
    }

    /** Prints no more rows than {@code limit}; a page says how many are missing. */
    void print(String query, int limit) {
        long more = format == ReportFormat.TABLE ? table(query, limit) : stream(query, limit);
        if (more > 0 && SectionPrinter.isPage(format)) {
            terminal.out().println("and " + more + " more");
        }
    }

    private long table(String query, int limit) {
        ReportTable table = runner.sql(query, Math.min(limit, MOST_ROWS_OF_A_TABLE));
        terminal.out().print(terminal.writer().write(table, format));
        return table.more();
    }

    private long stream(String query, int limit) {
        PrintStream out = terminal.out();
        RowText[] text = new RowText[1];
        int[] printed = new int[1];
        long all = runner.tell(
                query,
                columns -> {
                    text[0] = ReportWriter.rows(columns, format);
                    out.print(text[0].head());
                },
                row -> {
                    if (printed[0] < limit) {
                        printed[0]++;
                        out.print(text[0].row(row));
                    }
                });
        out.print(text[0].tail());
        return all - printed[0];
    }
}
