package plescope.analysis.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Into what windows the replays of a database cut its recording.
 *
 * @param lengthNs of the mean window
 * @param edgesCut waits and IPIs that reach over an edge
 */
public record StoredWindows(long count, long lengthNs, long edgesCut) {
    /** Empty where the recording was replayed at once, or not at all. */
    public static Optional<StoredWindows> of(TraceDatabase database) {
        try (Statement statement = database.connection().createStatement();
                ResultSet row = statement.executeQuery(SqlResource.read("recorded/windows.sql"))) {
            return row.next()
                    ? Optional.of(new StoredWindows(row.getLong(1), row.getLong(2), row.getLong(3)))
                    : Optional.empty();
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    /** How the recording was cut, for the reader. */
    public String cut() {
        return "replayed in " + count + " windows of about " + lengthNs / 1_000_000 + " ms, one in memory at a time; "
                + edgesCut + " waits and IPIs reach over their edges and count on neither side";
    }

    /** The same of a database of replays. */
    public String sentence() {
        return cut() + "; schedules of replays are those of the first window";
    }
}
