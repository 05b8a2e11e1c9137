package plescope.analysis.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import plescope.analysis.store.StoreException;
import plescope.analysis.store.TraceDatabase;

/** Door 7: runs named reports and plain SQL against a trace database. */
public final class ReportRunner {
    private final TraceDatabase database;

    public ReportRunner(TraceDatabase database) {
        this.database = database;
    }

    /** Runs a report; parameters not given keep their defaults. */
    public ReportTable run(ReportName report, Map<String, String> parameters) {
        return top(report, parameters, Integer.MAX_VALUE);
    }

    /** The first {@code limit} rows of a report; of the others only their number is kept. */
    public ReportTable top(ReportName report, Map<String, String> parameters, int limit) {
        return sql(Report.read(report).sql(parameters), limit);
    }

    /** Runs a query as it is. @throws StoreException with DuckDB's message, which marks the position of a fault */
    public ReportTable sql(String query) {
        return sql(query, Integer.MAX_VALUE);
    }

    /** The first {@code limit} rows of a query's answer; of the others only their number is kept. */
    public ReportTable sql(String query, int limit) {
        List<ReportTable.Column> columns = new ArrayList<>();
        List<List<Object>> rows = new ArrayList<>();
        long all = tell(query, columns::addAll, row -> {
            if (rows.size() < limit) {
                rows.add(row);
            }
        });
        return new ReportTable(columns, rows, all - rows.size());
    }

    /**
     * Tells a query's answer row by row, as DuckDB gives it, in bounded memory.
     *
     * @return how many rows there were
     */
    public long tell(String query, Consumer<List<ReportTable.Column>> head, Consumer<List<Object>> row) {
        try (Statement statement = database.connection().createStatement()) {
            if (!statement.execute(query)) {
                head.accept(List.of());
                return 0;
            }
            try (ResultSet rows = statement.getResultSet()) {
                ResultSetMetaData meta = rows.getMetaData();
                int width = meta.getColumnCount();
                List<ReportTable.Column> columns = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    columns.add(new ReportTable.Column(meta.getColumnLabel(i), meta.getColumnTypeName(i)));
                }
                head.accept(columns);
                return tell(rows, width, row);
            }
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    private static long tell(ResultSet rows, int width, Consumer<List<Object>> row) throws SQLException {
        long told = 0;
        while (rows.next()) {
            List<Object> values = new ArrayList<>(width);
            for (int i = 1; i <= width; i++) {
                values.add(plain(rows.getObject(i)));
            }
            row.accept(values);
            told++;
        }
        return told;
    }

    private static Object plain(Object value) {
        if (value == null || value instanceof Boolean || value instanceof BigDecimal || value instanceof Double) {
            return value;
        }
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger number) {
            return new BigDecimal(number);
        }
        return value.toString();
    }
}
