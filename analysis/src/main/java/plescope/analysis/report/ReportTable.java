package plescope.analysis.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The answer of a query.
 *
 * @param rows one list per row; numbers as {@link Long}, {@link Double} or {@link java.math.BigDecimal}, truth values as
 *     {@link Boolean}, everything else as {@link String}, NULL as null
 */
public record ReportTable(List<Column> columns, List<List<Object>> rows) {
    public ReportTable {
        columns = List.copyOf(columns);
        List<List<Object>> copy = new ArrayList<>(rows.size());
        for (List<Object> row : rows) {
            copy.add(Collections.unmodifiableList(new ArrayList<>(row)));
        }
        rows = Collections.unmodifiableList(copy);
    }

    /** Name and DuckDB type of a column. */
    public record Column(String name, String type) {}
}
