package plescope.analysis.report;

import java.util.Arrays;
import java.util.List;
import plescope.analysis.store.TraceDatabase;

/** All reports, read from their resources; opens no database. */
public final class ReportCatalog {
    private ReportCatalog() {}

    /** Reports in the order of {@link ReportName}. */
    public static List<Report> all() {
        return Arrays.stream(ReportName.values()).map(Report::read).toList();
    }

    /** Makes every report a table macro of the database: {@code FROM report_exits(run := 1)} in any DuckDB client. */
    public static void install(TraceDatabase database) {
        ReportRunner runner = new ReportRunner(database);
        for (Report report : all()) {
            runner.sql(report.macroSql());
        }
    }
}
