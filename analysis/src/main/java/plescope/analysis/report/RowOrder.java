package plescope.analysis.report;

import java.util.ArrayList;
import java.util.List;

/** By which columns the rows of a report are sorted; the report's own order where there are none. */
public record RowOrder(List<Key> keys) {
    /** The report's own order. */
    public static final RowOrder NONE = new RowOrder(List.of());

    public RowOrder {
        keys = List.copyOf(keys);
    }

    /** One column, greatest or least first; unknown values come last either way. */
    public record Key(String column, boolean descending) {}

    /** The query's rows in this order; the other columns decide between equals, so that the order is total. */
    String applyTo(String query, List<Report.Column> columns) {
        if (keys.isEmpty()) {
            return query;
        }
        List<String> terms = new ArrayList<>();
        for (Key key : keys) {
            terms.add(quoted(key.column()) + (key.descending() ? " DESC" : " ASC") + " NULLS LAST");
        }
        for (int i = 1; i <= columns.size(); i++) {
            terms.add(Integer.toString(i));
        }
        return "FROM (\n" + query + "\n)\nORDER BY " + String.join(", ", terms);
    }

    private static String quoted(String column) {
        return '"' + column.replace("\"", "\"\"") + '"';
    }
}
