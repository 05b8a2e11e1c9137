package plescope.analysis.store;

import com.google.errorprone.annotations.MustBeClosed;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plescope.parser.event.ExitReason;
import plescope.replay.model.Continuation;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.Ipi;
import plescope.replay.model.Origin;
import plescope.replay.model.Residual;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.Tristate;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.model.WakeEdge;
import plescope.replay.model.Wakeup;

/** Tells the recorded schedule of a database to a sink, as if its log were read again. Rows stream: memory does not grow with them. */
public final class ScheduleReader implements AutoCloseable {
    private static final VcpuState[] STATES = VcpuState.values();
    private static final Origin[] ORIGINS = Origin.values();
    private static final Tristate[] ANSWERS = Tristate.values();
    private static final SpinEpisode.End[] ENDS = SpinEpisode.End.values();
    private static final DirectedYield.Outcome[] OUTCOMES = DirectedYield.Outcome.values();
    private static final Continuation[] CONTINUATIONS = Continuation.values();
    private static final Wait.Cause[] CAUSES = Wait.Cause.values();
    private static final Wait.Evidence[] EVIDENCE = Wait.Evidence.values();
    private static final Wakeup.Source[] SOURCES = Wakeup.Source.values();
    private static final WakeEdge.Source[] WAKE_SOURCES = WakeEdge.Source.values();

    /** Columns behind the fourteen whole numbers of a row. */
    private static final int FIRST_DOUBLE = 16;

    private static final int SECOND_DOUBLE = 17;
    private static final int TEXT = 18;

    /** What a row of {@code recorded/schedule.sql} tells. */
    private enum Kind {
        INTERVAL,
        EXIT,
        EPISODE,
        YIELD,
        CANDIDATE,
        EVIDENCE,
        RECEIVER,
        WAIT,
        IPI,
        TIMER,
        WAKEUP,
        WAKE_EDGE,
        SWITCH
    }

    /** Null where the file is finished. */
    private final TraceDatabase unfinished;

    private final Connection connection;
    private final Map<Integer, ExitReason> reasons = new HashMap<>();
    private final List<Wait.Candidate> candidates = new ArrayList<>();
    private final List<Wait.EvidenceLine> trail = new ArrayList<>();
    private final List<Wait.Receiver> receivers = new ArrayList<>();
    private ResultSet row;

    private ScheduleReader(TraceDatabase unfinished, Connection connection) {
        this.unfinished = unfinished;
        this.connection = connection;
    }

    /** Opens a finished file. @throws StoreException if it is no plescope database of this version */
    @MustBeClosed
    public static ScheduleReader open(Path file) {
        try {
            return new ScheduleReader(null, TraceDatabase.stream(file));
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    /** Reads what a database that is not finished holds so far; the database stays open when this is closed. */
    @MustBeClosed
    public static ScheduleReader of(TraceDatabase database) {
        database.commit();
        return new ScheduleReader(database, database.connection());
    }

    /** Everything but the schedule. */
    public RecordedTrace trace() {
        try {
            return new RecordedTraceReader(connection).read();
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    /** Tells the whole schedule. */
    public void tell(ScheduleSink sink) {
        tell(sink, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Tells all that a cut of the schedule between these moments may keep, and little more. */
    public void tell(ScheduleSink sink, long fromNs, long toNs) {
        String query = SqlResource.read("recorded/schedule.sql")
                .replace("{from}", bound(fromNs))
                .replace("{to}", bound(toNs));
        if (unfinished != null) {
            // What is still being stored comes first: the connection does one thing at a time.
            unfinished.commit();
        }
        try (Statement statement = connection.createStatement()) {
            readReasons(statement);
            try (ResultSet rows = statement.executeQuery(query)) {
                row = rows;
                while (rows.next()) {
                    tellRow(Kind.valueOf(rows.getString(1)), sink);
                }
            }
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    /** As SQL: the least long is no literal of its own. */
    private static String bound(long ns) {
        return ns == Long.MIN_VALUE ? "(-9223372036854775807)" : "(" + ns + ")";
    }

    private void readReasons(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(SqlResource.read("recorded/exit-reason.sql"))) {
            while (rows.next()) {
                reasons.put(
                        rows.getInt(1),
                        new ExitReason(
                                ExitReason.Isa.valueOf(rows.getString(2)),
                                rows.getInt(3),
                                rows.getString(4),
                                ExitReason.Family.valueOf(rows.getString(5)),
                                rows.getString(6),
                                rows.getBoolean(7)));
            }
        }
    }

    private void tellRow(Kind kind, ScheduleSink sink) throws SQLException {
        switch (kind) {
            case INTERVAL ->
                sink.interval(new VcpuInterval(
                        number(0), STATES[number(1)], number(2), time(3), time(4), ORIGINS[number(5)]));
            case EXIT ->
                sink.vmExit(new VmExit(
                        number(0),
                        number(1),
                        time(2),
                        time(3),
                        reasons.get(number(4)),
                        time(5),
                        time(6),
                        number(7),
                        time(8)));
            case EPISODE -> sink.episode(episode());
            case YIELD -> sink.directedYield(directedYield());
            case CANDIDATE -> candidates.add(candidate());
            case EVIDENCE -> trail.add(new Wait.EvidenceLine(time(0), row.getString(TEXT)));
            case RECEIVER -> receivers.add(new Wait.Receiver(number(0), time(1)));
            case WAIT -> {
                sink.waited(verdict());
                candidates.clear();
                trail.clear();
                receivers.clear();
            }
            case IPI -> sink.ipi(new Ipi(number(0), number(1), number(2), time(3), time(4), time(5), time(6)));
            case TIMER -> sink.timerArmed(number(0), time(1), time(2));
            case WAKEUP ->
                sink.wakeup(
                        new Wakeup(number(0), time(1), number(2), number(3), number(4), SOURCES[number(5)], time(6)));
            case WAKE_EDGE ->
                sink.wakeEdge(new WakeEdge(
                        number(0), time(1), time(2), WAKE_SOURCES[number(3)], number(4), number(5), time(6)));
            case SWITCH -> sink.contextSwitch(number(0), time(1), number(2), number(3));
        }
    }

    private SpinEpisode episode() throws SQLException {
        return new SpinEpisode(
                time(0),
                number(1),
                time(2),
                time(3),
                number(4),
                time(5),
                time(6),
                ENDS[number(7)],
                ORIGINS[number(8)],
                time(9),
                time(10));
    }

    private DirectedYield directedYield() throws SQLException {
        return new DirectedYield(
                time(0),
                number(1),
                number(2),
                time(3),
                OUTCOMES[number(4)],
                number(5),
                number(6),
                time(7),
                ANSWERS[number(8)],
                ANSWERS[number(9)],
                number(10),
                ANSWERS[number(11)],
                CONTINUATIONS[number(12)],
                time(13));
    }

    private Wait.Candidate candidate() throws SQLException {
        Residual residual = new Residual(time(2), time(3), time(4), time(5));
        return new Wait.Candidate(number(0), row.getDouble(FIRST_DOUBLE), time(1), residual);
    }

    private Wait verdict() throws SQLException {
        return new Wait(
                time(0),
                CAUSES[number(1)],
                row.getDouble(FIRST_DOUBLE),
                EVIDENCE[number(2)],
                candidates,
                trail,
                new Wait.Queue(number(3), number(4), number(5), row.getDouble(SECOND_DOUBLE)),
                receivers,
                ANSWERS[number(6)]);
    }

    /** Column {@code a} is number 0. */
    private int number(int column) throws SQLException {
        return row.getInt(column + 2);
    }

    private long time(int column) throws SQLException {
        return row.getLong(column + 2);
    }

    @Override
    public void close() {
        if (unfinished == null) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw StoreException.of(e);
            }
        }
    }
}
