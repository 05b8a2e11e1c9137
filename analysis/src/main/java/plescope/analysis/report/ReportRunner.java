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
        try (Statement statement = database.connection().createStatement()) {
            if (!statement.execute(query)) {
                return new ReportTable(List.of(), List.of());
            }
            try (ResultSet rows = statement.getResultSet()) {
                return read(rows, limit);
            }
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    private static ReportTable read(ResultSet rows, int limit) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        List<ReportTable.Column> columns = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(new ReportTable.Column(meta.getColumnLabel(i), meta.getColumnTypeName(i)));
        }
        List<List<Object>> values = new ArrayList<>();
        long more = 0;
        while (rows.next()) {
            if (values.size() == limit) {
                more++;
                continue;
            }
            List<Object> row = new ArrayList<>(columns.size());
            for (int i = 1; i <= columns.size(); i++) {
                row.add(plain(rows.getObject(i)));
            }
            values.add(row);
        }
        return new ReportTable(columns, values, more);
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
