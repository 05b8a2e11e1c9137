package plescope.analysis.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import plescope.parser.event.ExitReason;
import plescope.parser.event.ThreadNamed;
import plescope.parser.event.TraceEvent;

/**
 * The events of one log as they are, row by row, for queries that ask for them; {@link TraceDatabase#attachEvents} shows them as the
 * views {@code event}, {@code kvm_event} and {@code sched_event}.
 *
 * <p>Memory is bounded by one batch and the names of threads.
 */
public final class EventDatabase implements Consumer<TraceEvent>, AutoCloseable {
    private final Connection connection;
    private final TableFeed feed;
    private final Map<String, Integer> names = new HashMap<>();
    private final ExitReasonNumbers reasons = new ExitReasonNumbers();
    /** Which name a thread bears now, by thread id. */
    private final Map<Integer, Integer> threads = new HashMap<>();

    private final List<ThreadNamed> named = new ArrayList<>();
    private final EventRow row;
    private final ColumnBatch batch = new ColumnBatch(LoadTable.EVENT);

    private EventDatabase(Connection connection) throws SQLException {
        this.connection = connection;
        feed = TableFeed.register(Set.of(LoadTable.EVENT), connection).get(LoadTable.EVENT);
        row = new EventRow(this::name, reasons::of);
    }

    /** Begins a file, which must not exist. */
    public static EventDatabase create(Path file) {
        try {
            Connection connection = TraceDatabase.connect(file.toString(), new Properties());
            try (Statement statement = connection.createStatement()) {
                statement.execute(SqlResource.read("event/schema.sql"));
            }
            return new EventDatabase(connection);
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    @Override
    public void accept(TraceEvent event) {
        if (event instanceof ThreadNamed thread) {
            threads.put(thread.namedTid(), named.size());
            named.add(thread);
            return;
        }
        row.write(event, threads.getOrDefault(event.tid(), -1), batch);
        if (batch.isFull()) {
            flush();
        }
    }

    private int name(String text) {
        return names.computeIfAbsent(text, known -> names.size());
    }

    private void flush() {
        try {
            feed.insert(batch);
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
        batch.clear();
    }

    /** Completes the file. */
    public void finish() {
        flush();
        try (DuckDBAppender rows = ((DuckDBConnection) connection).createAppender("event_name")) {
            for (Map.Entry<String, Integer> name : names.entrySet()) {
                rows.beginRow();
                rows.append(name.getValue().shortValue()).append(name.getKey()).endRow();
            }
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
        try (DuckDBAppender rows = ((DuckDBConnection) connection).createAppender("thread_name")) {
            for (int thread = 0; thread < named.size(); thread++) {
                rows.beginRow();
                number(rows.append(thread), named.get(thread).tgid());
                rows.append(named.get(thread).comm()).endRow();
            }
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
        try (DuckDBAppender rows = ((DuckDBConnection) connection).createAppender("exit_reason")) {
            for (int i = 0; i < reasons.all().size(); i++) {
                ExitReason reason = reasons.all().get(i);
                rows.beginRow();
                number(rows.append((short) i).append(reason.isa().name()), reason.code());
                rows.append(reason.name()).append(reason.family().name()).endRow();
            }
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    /** A number that is -1 where it is unknown. */
    private static void number(DuckDBAppender rows, int value) throws SQLException {
        if (value < 0) {
            rows.appendNull();
        } else {
            rows.append(value);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }
}
