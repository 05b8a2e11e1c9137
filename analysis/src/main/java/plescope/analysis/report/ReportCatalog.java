package plescope.analysis.report;

import java.util.Arrays;
import java.util.List;

/** All reports, read from their resources; opens no database. */
public final class ReportCatalog {
    private ReportCatalog() {}

    /** Reports in the order of {@link ReportName}. */
    public static List<Report> all() {
        return Arrays.stream(ReportName.values()).map(Report::read).toList();
    }
}
