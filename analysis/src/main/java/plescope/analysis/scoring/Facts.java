package plescope.analysis.scoring;

import java.util.List;
import java.util.Locale;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportTable.Column;

/** Tables of single numbers, each with what it should be. */
final class Facts {
    private static final List<Column> COLUMNS =
            List.of(new Column("measure", "VARCHAR"), new Column("value", "VARCHAR"), new Column("goal", "VARCHAR"));

    private Facts() {}

    static ReportTable table(List<List<Object>> rows) {
        return new ReportTable(COLUMNS, rows);
    }

    static List<Object> row(String measure, String value, String goal) {
        return List.of(measure, value, goal);
    }

    /** {@code 3 of 4}. */
    static String someOf(long some, long all) {
        return some + " of " + all;
    }

    /** Three places, {@code -} where there is no value. */
    static String text(double value) {
        return !Double.isFinite(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
