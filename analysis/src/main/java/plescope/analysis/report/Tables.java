package plescope.analysis.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import plescope.analysis.report.ReportTable.Column;

/** Columns and cells of tables that no query makes. */
public final class Tables {
    private Tables() {}

    /** Columns from words such as {@code ratio:DOUBLE}; text where no type is named. */
    public static List<Column> columns(String words) {
        List<Column> columns = new ArrayList<>();
        for (String word : words.split(" ", -1)) {
            int colon = word.indexOf(':');
            columns.add(
                    colon < 0
                            ? new Column(word, "VARCHAR")
                            : new Column(word.substring(0, colon), word.substring(colon + 1)));
        }
        return columns;
    }

    /** A row; null for what is unknown. */
    public static List<Object> row(Object... cells) {
        return new ArrayList<>(Arrays.asList(cells));
    }

    /** Empty where not a number; infinite where it is that. */
    public static Object number(double value, int decimals) {
        if (Double.isNaN(value)) {
            return null;
        }
        return Double.isInfinite(value) ? value : BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
    }

    /** A share in percent, with one decimal. */
    public static Object percent(double share) {
        return number(100 * share, 1);
    }

    /** Single numbers, each with what it should be. */
    public static ReportTable facts(List<List<Object>> rows) {
        return new ReportTable(columns("measure value goal"), rows);
    }

    /** {@code 3 of 4}. */
    public static String someOf(long some, long all) {
        return some + " of " + all;
    }

    /** Text of a number with decimals, {@code -} where there is none. */
    public static String text(double value, int decimals) {
        Object number = number(value, decimals);
        return number == null ? "-" : number.toString();
    }
}
