package plescope.analysis.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The answer of a query, or its beginning.
 *
 * @param rows one list per row; numbers as {@link Long}, {@link Double} or {@link java.math.BigDecimal}, truth values as
 *     {@link Boolean}, everything else as {@link String}, NULL as null
 * @param more rows of the answer after these
 */
public record ReportTable(List<Column> columns, List<List<Object>> rows, long more) {
    public ReportTable {
        columns = List.copyOf(columns);
        List<List<Object>> copy = new ArrayList<>(rows.size());
        for (List<Object> row : rows) {
            copy.add(Collections.unmodifiableList(new ArrayList<>(row)));
        }
        rows = Collections.unmodifiableList(copy);
    }

    /** A whole answer. */
    public ReportTable(List<Column> columns, List<List<Object>> rows) {
        this(columns, rows, 0);
    }

    /** Name and DuckDB type of a column. */
    public record Column(String name, String type) {}
}
