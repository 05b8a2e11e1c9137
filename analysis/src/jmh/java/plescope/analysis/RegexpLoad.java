package plescope.analysis;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What DuckDB does by itself with a log of {@code perf script}: lines by {@code read_csv}, columns by regular expressions, one typed
 * table of events. The rival of {@code plescope read}, which also makes intervals, episodes and waits of them.
 *
 * <p>Arguments: a log, a database file to make, and threads.
 */
public final class RegexpLoad {
    private static final String EVENTS = """
            CREATE TABLE event AS
            WITH line AS (
                SELECT
                    regexp_extract(
                        text,
                        '^ *(.+?) +([0-9]+) +\\[([0-9]+)\\] +([0-9]+)\\.([0-9]+): +([a-z_0-9]+:[a-z_0-9]+): (.*)$',
                        ['comm', 'tid', 'cpu', 'second', 'fraction', 'event', 'payload']) AS head
                FROM read_csv(?, columns = {'text': 'VARCHAR'}, delim = '\\x01', quote = '', escape = '', header = false)
            )
            SELECT
                head.comm,
                CAST(head.tid AS INTEGER) AS tid,
                CAST(head.cpu AS SMALLINT) AS cpu,
                CAST(head.second AS BIGINT) * 1000000000 + CAST(rpad(head.fraction, 9, '0') AS BIGINT) AS time_ns,
                head.event,
                TRY_CAST(regexp_extract(head.payload, '^vcpu ([0-9]+)', 1) AS SMALLINT) AS vcpu,
                regexp_extract(head.payload, ' reason ([a-zA-Z_0-9]+)', 1) AS reason,
                regexp_extract(head.payload, ' rip 0x([0-9a-f]+)', 1) AS rip,
                TRY_CAST(regexp_extract(head.payload, ' prev_pid=([0-9]+)', 1) AS INTEGER) AS prev_tid,
                regexp_extract(head.payload, ' prev_state=([A-Z+|]+)', 1) AS prev_state,
                TRY_CAST(regexp_extract(head.payload, ' next_pid=([0-9]+)', 1) AS INTEGER) AS next_tid
            FROM line
            WHERE head.event <> ''
            """;
    private static final String COUNTS = """
            SELECT
                count(*),
                count(*) FILTER (event = 'kvm:kvm_exit'),
                count(*) FILTER (event = 'kvm:kvm_exit' AND reason IN ('pause', 'PAUSE_INSTRUCTION'))
            FROM event
            """;

    private RegexpLoad() {}

    public static void main(String[] args) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + args[1]);
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = " + Integer.parseInt(args[2]));
            statement.execute("SET preserve_insertion_order = false");
            try (var events = connection.prepareStatement(EVENTS)) {
                events.setString(1, args[0]);
                events.execute();
            }
            try (ResultSet counts = statement.executeQuery(COUNTS)) {
                counts.next();
                System.out.println(counts.getLong(1) + " events, " + counts.getLong(2) + " exits, " + counts.getLong(3)
                        + " pause exits");
            }
        }
    }
}
