package plescope.analysis.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;

/**
 * Lets DuckDB read a {@link ColumnBatch} as the table function {@code feed_<table>()}, which one {@code INSERT ... SELECT}
 * per batch empties: several times the speed of the driver's appender. The columns are those of the table.
 */
final class TableFeed implements DuckDBTableFunction<TableFeed, TableFeed.Cursor, Object> {
    private final LoadTable table;
    private final Connection connection;
    private final List<FeedColumn> columns = new ArrayList<>();
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

    /** A feed for each of these tables, which must be there. */
    static Map<LoadTable, TableFeed> register(Set<LoadTable> tables, Connection connection) throws SQLException {
        Map<LoadTable, TableFeed> feeds = new EnumMap<>(LoadTable.class);
        for (LoadTable table : tables) {
            feeds.put(table, new TableFeed(table, connection));
        }
        try (Statement statement = connection.createStatement();
                ResultSet column = statement.executeQuery(SqlResource.read("columns.sql"))) {
            while (column.next()) {
                String name = column.getString(1);
                for (LoadTable table : tables) {
                    if (table.sqlName().equals(name)) {
                        feeds.get(table).columns.add(new FeedColumn(column.getString(2), column.getString(3)));
                    }
                }
            }
        }
        for (TableFeed feed : feeds.values()) {
            feed.register();
        }
        return feeds;
    }

    private void register() throws SQLException {
        List<String> stored = columns.stream().map(FeedColumn::name).toList();
        List<String> carried =
                table.columns().stream().map(LoadTable.Column::name).toList();
        if (!stored.equals(carried)) {
            throw new IllegalStateException(table + " carries " + carried + ", the table has " + stored);
        }
        try (DuckDBTableFunctionBuilder function = DuckDBFunctions.tableFunction()) {
            function.withName("feed_" + table.sqlName()).withFunction(this).register(connection);
        }
    }

    /** Appends all rows of the batch to the table. */
    void insert(ColumnBatch rows) throws SQLException {
        if (insert == null) {
            insert = connection.prepareStatement("INSERT INTO " + table.sqlName() + " SELECT "
                    + columns.stream().map(FeedColumn::expression).collect(Collectors.joining(", ")) + " FROM feed_"
                    + table.sqlName() + "()");
        }
        batch = rows;
        insert.execute();
        batch = null;
    }

    @Override
    public TableFeed bind(DuckDBTableFunctionBindInfo info) {
        for (FeedColumn column : columns) {
            info.addResultColumn(column.name(), column.type());
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
        for (int i = 0; i < columns.size() && count > 0; i++) {
            columns.get(i).fill(chunk.vector(i), batch, i, from, count);
        }
        cursor.next = from + count;
        return count;
    }
}
