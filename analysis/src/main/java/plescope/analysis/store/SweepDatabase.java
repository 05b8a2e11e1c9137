package plescope.analysis.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** A DuckDB file with the tables of one sweep, and nothing else. */
public final class SweepDatabase {
    private SweepDatabase() {}

    /**
     * Writes the file aside and gives it its name when it is whole.
     *
     * @param cells CSV file with a row per cell, VM and measure
     * @param replays CSV file with a row per replay and VM
     */
    public static void write(Path file, Path cells, Path replays) throws IOException {
        try (DatabaseFile partial = DatabaseFile.beside(file)) {
            fill(partial.path(), cells, replays);
            partial.publish();
        }
    }

    private static void fill(Path file, Path cells, Path replays) {
        try (Connection connection = TraceDatabase.connect(file.toString(), new Properties())) {
            try (Statement schema = connection.createStatement()) {
                schema.execute(SqlResource.read("sweep/schema.sql"));
            }
            load(connection, "sweep/cells.sql", cells);
            load(connection, "sweep/replays.sql", replays);
            try (Statement statement = connection.createStatement()) {
                // Closing writes what is left, too, but says nothing where it cannot.
                statement.execute("CHECKPOINT");
            }
        } catch (SQLException e) {
            throw new StoreException("cannot write the database: " + e.getMessage(), e);
        }
    }

    private static void load(Connection connection, String script, Path csv) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(SqlResource.read(script))) {
            insert.setString(1, csv.toAbsolutePath().toString());
            insert.execute();
        }
    }
}
