package plescope.analysis.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import plescope.analysis.report.ReportTable;

/**
 * One answered query of the page: what a picture is drawn from, and what stands below it in numbers.
 *
 * @param id by which scripts ask for it
 * @param caption what its rows are
 * @param sql the query, which runs in any DuckDB client
 * @param meanings what each column means, empty where its name says it
 * @param arguments what the query was asked for
 */
record PageTable(
        String id, String caption, String sql, List<String> meanings, Map<String, Long> arguments, ReportTable table) {
    PageTable {
        meanings = List.copyOf(meanings);
        arguments = Map.copyOf(arguments);
    }

    PageTable named(String newId) {
        return new PageTable(newId, caption, sql, meanings, arguments, table);
    }

    boolean isEmpty() {
        return table.rows().isEmpty();
    }

    List<Row> rows() {
        List<String> names =
                table.columns().stream().map(ReportTable.Column::name).toList();
        List<Row> rows = new ArrayList<>(table.rows().size());
        for (List<Object> values : table.rows()) {
            rows.add(new Row(names, values));
        }
        return rows;
    }

    /** Values of one row by the names of their columns. */
    record Row(List<String> names, List<Object> values) {
        private Object value(String column) {
            int at = names.indexOf(column);
            if (at < 0) {
                throw new IllegalArgumentException("no column " + column + " among " + names);
            }
            return values.get(at);
        }

        boolean has(String column) {
            return value(column) != null;
        }

        /** Empty where the value is NULL. */
        String text(String column) {
            Object value = value(column);
            return value == null ? "" : value.toString();
        }

        /** 0 where the value is NULL. */
        long count(String column) {
            return value(column) instanceof Number number ? number.longValue() : 0;
        }

        /** 0 where the value is NULL. */
        double number(String column) {
            return value(column) instanceof Number number ? number.doubleValue() : 0;
        }
    }
}
