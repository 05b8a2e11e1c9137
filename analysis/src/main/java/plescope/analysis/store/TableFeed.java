package plescope.analysis.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;

/**
 * Lets DuckDB read a {@link ColumnBatch} as the table function {@code feed_<table>()}, which one {@code INSERT ... SELECT}
 * per batch empties: several times the speed of the driver's appender, and casts and enum names are DuckDB's own work.
 */
final class TableFeed implements DuckDBTableFunction<TableFeed, TableFeed.Cursor, Object> {
    private final LoadTable table;
    private final Connection connection;
    /** Null until the first batch: most tables of most logs stay empty. */
    private PreparedStatement insert;

    private ColumnBatch batch;

    /** How far one scan has come. */
    static final class Cursor {
        private int next;
    }

    private TableFeed(LoadTable table, Connection connection) {
        this.table = table;
        this.connection = connection;
    }

    static TableFeed register(LoadTable table, Connection connection) throws SQLException {
        TableFeed feed = new TableFeed(table, connection);
        try (DuckDBTableFunctionBuilder function = DuckDBFunctions.tableFunction()) {
            function.withName("feed_" + table.sqlName()).withFunction(feed).register(connection);
        }
        return feed;
    }

    /** Appends all rows of the batch to the table. */
    void insert(ColumnBatch rows) throws SQLException {
        if (insert == null) {
            insert = connection.prepareStatement(SqlResource.read("load/" + table.sqlName() + ".sql"));
        }
        batch = rows;
        insert.execute();
        batch = null;
    }

    @Override
    public TableFeed bind(DuckDBTableFunctionBindInfo info) {
        for (LoadTable.Column column : table.columns()) {
            info.addResultColumn(
                    column.name(),
                    switch (column.kind()) {
                        case NUMBER -> DuckDBColumnType.BIGINT;
                        case DOUBLE -> DuckDBColumnType.DOUBLE;
                        case TEXT -> DuckDBColumnType.VARCHAR;
                    });
        }
        info.setCardinality(ColumnBatch.LIMIT, false);
        return this;
    }

    @Override
    public Cursor init(DuckDBTableFunctionInitInfo info) {
        info.setMaxThreads(1);
        return new Cursor();
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter chunk) {
        Cursor cursor = info.getInitData();
        int from = cursor.next;
        int count = (int) Math.min(chunk.capacity(), batch.rows() - from);
        List<LoadTable.Column> columns = table.columns();
        for (int i = 0; i < columns.size() && count > 0; i++) {
            DuckDBWritableVector vector = chunk.vector(i);
            switch (columns.get(i).kind()) {
                case NUMBER -> numbers(vector, i, from, count);
                case DOUBLE -> doubles(vector, i, from, count);
                case TEXT -> texts(vector, i, from, count);
            }
        }
        cursor.next = from + count;
        return count;
    }

    private void numbers(DuckDBWritableVector vector, int column, int from, int count) {
        for (int row = 0; row < count; row++) {
            long value = batch.number(column, from + row);
            if (value == ColumnBatch.NULL) {
                vector.setNull(row);
            } else {
                vector.setLong(row, value);
            }
        }
    }

    private void doubles(DuckDBWritableVector vector, int column, int from, int count) {
        for (int row = 0; row < count; row++) {
            vector.setDouble(row, Double.longBitsToDouble(batch.number(column, from + row)));
        }
    }

    private void texts(DuckDBWritableVector vector, int column, int from, int count) {
        for (int row = 0; row < count; row++) {
            vector.setString(row, batch.text(column, from + row));
        }
    }
}
