package plescope.analysis.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import plescope.parser.event.ExitReason;

/**
 * Writes the batches of several schedules through one connection, whole schedules one after the other in the order their
 * loaders were opened, however their simulations interleave: equal input gives equal tables.
 *
 * <p>A schedule whose turn has not come keeps its batches in memory up to {@link #HELD_BATCHES}, then its thread waits. So
 * schedules must be started in the order they were opened, as a thread pool's queue does.
 */
final class LoadOrder {
    /** About 10 MB each; enough that a simulation of some million events does not wait for its predecessor. */
    static final int HELD_BATCHES = 48;

    private final Connection connection;
    private final Map<LoadTable, TableFeed> feeds = new EnumMap<>(LoadTable.class);
    private final Map<ExitReason, Integer> reasons = new HashMap<>();
    private final List<Turn> turns = new ArrayList<>();
    private int current;

    LoadOrder(Connection connection) throws SQLException {
        this.connection = connection;
        for (LoadTable table : LoadTable.values()) {
            feeds.put(table, TableFeed.register(table, connection));
        }
    }

    /** One schedule's place in the order. */
    final class Turn {
        private final int number = turns.size();
        private final ArrayDeque<ColumnBatch> held = new ArrayDeque<>();
        private final List<ExitReason> localReasons = new ArrayList<>();
        private boolean finished;

        /** Takes a batch over; the caller must not touch it again. */
        void write(ColumnBatch batch) {
            synchronized (LoadOrder.this) {
                awaitRoom(this);
                held.add(batch);
                drain();
            }
        }

        /** Number of a reason within this schedule; called by the schedule's own thread only. */
        int localReason(ExitReason reason) {
            int known = localReasons.indexOf(reason);
            if (known >= 0) {
                return known;
            }
            synchronized (LoadOrder.this) {
                localReasons.add(reason);
            }
            return localReasons.size() - 1;
        }

        /** Nothing more will come. */
        void finish() {
            synchronized (LoadOrder.this) {
                finished = true;
                drain();
            }
        }
    }

    synchronized Turn open() {
        Turn turn = new Turn();
        turns.add(turn);
        return turn;
    }

    /** Whether every opened schedule is complete in the tables. */
    synchronized boolean isIdle() {
        return current == turns.size();
    }

    private void awaitRoom(Turn turn) {
        try {
            while (turn.number != current && turn.held.size() >= HELD_BATCHES) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting to store a schedule", e);
        }
    }

    private void drain() {
        while (current < turns.size()) {
            Turn turn = turns.get(current);
            try {
                for (ColumnBatch batch = turn.held.poll(); batch != null; batch = turn.held.poll()) {
                    insert(batch, turn);
                }
            } catch (SQLException e) {
                throw StoreException.of(e);
            }
            if (!turn.finished) {
                return;
            }
            current++;
            notifyAll();
        }
    }

    private void insert(ColumnBatch batch, Turn turn) throws SQLException {
        if (batch.table() == LoadTable.VM_EXIT) {
            nameReasons(batch, turn);
        }
        try (Statement statement = connection.createStatement()) {
            feeds.get(batch.table()).insert(batch, statement);
        }
    }

    /** Replaces the schedule's own reason numbers by the file's. */
    private void nameReasons(ColumnBatch batch, Turn turn) throws SQLException {
        long[] global = new long[turn.localReasons.size()];
        for (int i = 0; i < global.length; i++) {
            global[i] = globalReason(turn.localReasons.get(i));
        }
        int column = LoadTable.VM_EXIT.column("reason");
        for (int row = 0; row < batch.rows(); row++) {
            batch.replaceNumber(column, row, global[(int) batch.number(column, row)]);
        }
    }

    private int globalReason(ExitReason reason) throws SQLException {
        Integer known = reasons.get(reason);
        if (known != null) {
            return known;
        }
        int number = reasons.size();
        reasons.put(reason, number);
        try (DuckDBAppender row = ((DuckDBConnection) connection).createAppender("exit_reason")) {
            row.beginRow();
            row.append((short) number).append(reason.isa().name());
            if (reason.code() < 0) {
                row.appendNull();
            } else {
                row.append(reason.code());
            }
            row.append(reason.name()).append(reason.family().name());
            row.append(reason.spelling()).append(reason.failedEntry()).endRow();
        }
        return number;
    }
}
