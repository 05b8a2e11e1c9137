package plescope.analysis.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import plescope.parser.event.ExitReason;

/**
 * Puts batches into their tables. Now and then it completes what it has written so far: DuckDB holds on to everything of a
 * transaction, so one over a whole log would need memory in proportion to its length.
 */
final class BatchWriter {
    /** Some five million events: rare enough to cost nothing, as each ends the row groups at hand. */
    static final int BATCHES_PER_COMMIT = 512;

    private final Connection connection;
    private final Map<LoadTable, TableFeed> feeds;
    private final ExitReasonTable reasons;
    private int batches;

    BatchWriter(Connection connection) throws SQLException {
        this.connection = connection;
        reasons = new ExitReasonTable(connection);
        feeds = TableFeed.register(LoadTable.SCHEDULE, connection);
    }

    /**
     * Appends all rows of a batch.
     *
     * @param local the exit reasons of its schedule, by the schedule's own numbers
     */
    void write(ColumnBatch batch, List<ExitReason> local) throws SQLException {
        if (batch.table() == LoadTable.VM_EXIT) {
            reasons.number(batch, local);
        }
        feeds.get(batch.table()).insert(batch);
        batches++;
        if (batches % BATCHES_PER_COMMIT == 0) {
            commit();
        }
    }

    private void commit() throws SQLException {
        connection.commit();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        }
        connection.commit();
    }
}
