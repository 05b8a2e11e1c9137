package plescope.analysis.store;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import plescope.analysis.file.TemporaryFolder;

/**
 * Door 6: the DuckDB file that holds one trace and the replays of its work.
 *
 * <p>A new file is written aside and takes its name only in {@link #publish()}, so a failure leaves an old file as it was.
 * Reports open it read-only; any DuckDB 1.x client can.
 */
public final class TraceDatabase implements AutoCloseable {
    /** Layout of the tables; raised whenever a table, column or meaning changes. */
    public static final int SCHEMA_VERSION = 5;

    /**
     * Oldest DuckDB whose storage is written: every later client reads it, and a newer driver here changes nothing. For the same
     * reason blocks keep DuckDB's 256 KiB, the only size 1.0 knows, though smaller ones would suit short traces better.
     */
    private static final String STORAGE_VERSION = "v1.0.0";

    private final Connection connection;
    private final DatabaseFile partial;
    private LoadOrder order;

    private TraceDatabase(Connection connection, DatabaseFile partial) {
        this.connection = connection;
        this.partial = partial;
    }

    /** Starts a new file that replaces {@code file} when published. */
    @MustBeClosed
    public static TraceDatabase create(Path file) throws IOException {
        DatabaseFile partial = DatabaseFile.beside(file);
        try {
            return fill(partial.path().toString(), partial);
        } catch (StoreException e) {
            partial.close();
            throw e;
        }
    }

    /** A database in memory, gone when closed. */
    @MustBeClosed
    public static TraceDatabase inMemory() {
        return fill("", null);
    }

    private static TraceDatabase fill(String path, DatabaseFile partial) {
        try {
            Properties layout = new Properties();
            layout.setProperty("storage_compatibility_version", STORAGE_VERSION);
            if (partial != null) {
                // The one thread that stores does DuckDB's work itself; with more it would poll for theirs.
                layout.setProperty("threads", "1");
            }
            // Windows of the recorded schedule are read back while their replays are stored.
            layout.setProperty("jdbc_stream_results", "true");
            Connection connection = connect(path, layout);
            TraceDatabase database = new TraceDatabase(connection, partial);
            try (Statement statement = connection.createStatement()) {
                for (String script : SqlResource.SCHEMA) {
                    statement.execute(SqlResource.read(script));
                }
                database.facts().version(SCHEMA_VERSION, version());
                database.order = new LoadOrder(connection);
                connection.setAutoCommit(false);
                return database;
            } catch (SQLException | RuntimeException e) {
                database.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new StoreException("cannot write the database: " + e.getMessage(), e);
        }
    }

    /** Opens a finished file for reading. @throws StoreException if it is no plescope database of this version */
    @MustBeClosed
    public static TraceDatabase open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new StoreException("no such database: " + file + "; make one with: plescope read TRACE -o " + file);
        }
        Properties readOnly = new Properties();
        readOnly.setProperty("duckdb.read_only", "true");
        // Answers arrive as they are read, not all at once.
        readOnly.setProperty("jdbc_stream_results", "true");
        try {
            TraceDatabase database = new TraceDatabase(connect(file.toString(), readOnly), null);
            try {
                database.requireVersion(file);
                return database;
            } catch (StoreException e) {
                database.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new StoreException(file + " is not a readable DuckDB database: " + firstLine(e), e);
        }
    }

    static Connection connect(String path, Properties properties) throws SQLException {
        properties.setProperty("memory_limit", MemoryLimit.current().setting());
        properties.setProperty(
                "temp_directory", TemporaryFolder.ofDatabase(path).toString());
        properties.setProperty("autoinstall_known_extensions", "false");
        return DriverManager.getConnection("jdbc:duckdb:" + path, properties);
    }

    /**
     * A connection to a finished file whose results arrive as they are read, not all at once; the file must not be open otherwise.
     *
     * @throws StoreException if it is no plescope database of this version
     */
    static Connection stream(Path file) throws SQLException {
        try (TraceDatabase checked = open(file)) {
            checked.requireVersion(file);
        }
        Properties properties = new Properties();
        properties.setProperty("duckdb.read_only", "true");
        properties.setProperty("jdbc_stream_results", "true");
        return connect(file.toString(), properties);
    }

    private void requireVersion(Path file) {
        int found;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SqlResource.read("version.sql"))) {
            found = row.next() ? row.getInt(1) : 0;
        } catch (SQLException e) {
            throw new StoreException(file + " is a DuckDB database, but not one that plescope wrote", e);
        }
        if (found != SCHEMA_VERSION) {
            throw new StoreException(file + " has layout version " + found + ", this plescope reads version "
                    + SCHEMA_VERSION + "; read the log again: plescope read TRACE -o " + file);
        }
    }

    /** The one connection; reports and exports query through it. */
    public Connection connection() {
        settle();
        return connection;
    }

    /** Shows the events of {@code file}, which an {@link EventDatabase} wrote, as views beside the tables of this database. */
    public void attachEvents(Path file) {
        String name = file.toAbsolutePath().toString().replace("'", "''");
        try (Statement statement = connection.createStatement()) {
            statement.execute(SqlResource.read("event/attach.sql").replace("{file}", name));
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    /** Door to the small tables. */
    public TraceFacts facts() {
        settle();
        return new TraceFacts(connection);
    }

    /** Door to the predictions. */
    public PredictionTable predictions() {
        settle();
        return new PredictionTable(connection);
    }

    /**
     * A sink that stores one schedule as the rows of {@code run}; close it when the schedule is complete. Schedules are stored
     * in the order of these calls, whichever is closed first.
     */
    public ScheduleLoader loader(int run) {
        return new ScheduleLoader(run, order.open());
    }

    /** Schedules are written by a thread of their own; until it pauses the connection is not free. */
    private void settle() {
        if (order != null) {
            order.settle();
        }
    }

    /** Makes everything written so far visible to queries on {@link #connection()}. */
    public void commit() {
        order.settle();
        if (!order.isIdle()) {
            throw new IllegalStateException("a schedule loader is still open");
        }
        try {
            connection.commit();
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    /** Completes the file and gives it its name; the database is closed afterwards. */
    public void publish() throws IOException {
        commit();
        try {
            // Closing writes what is left, too, but says nothing where it cannot: a full disk would leave half a file.
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("CHECKPOINT");
            }
            order.stop();
            connection.close();
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
        partial.publish();
    }

    /** Without {@link #publish()} before it, drops what was written. */
    @Override
    public void close() {
        if (order != null) {
            order.stop();
        }
        try {
            if (!connection.isClosed()) {
                connection.close();
            }
        } catch (SQLException e) {
            throw StoreException.of(e);
        } finally {
            drop();
        }
    }

    private void drop() {
        if (partial != null) {
            try {
                partial.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String firstLine(SQLException e) {
        return e.getMessage().lines().findFirst().orElse("unknown error");
    }

    private static String version() {
        String version = TraceDatabase.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
