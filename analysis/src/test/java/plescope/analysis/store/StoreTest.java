package plescope.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plescope.parser.event.ExitReason;
import plescope.replay.model.Continuation;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.Origin;
import plescope.replay.model.Residual;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.Tristate;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.model.WakeEdge;
import plescope.replay.model.Wakeup;

final class StoreTest {
    private static final ExitReason PAUSE = new ExitReason(ExitReason.Isa.SVM, 0x77, "pause", ExitReason.Family.PAUSE);
    private static final ExitReason MSR = new ExitReason(ExitReason.Isa.SVM, 0x7c, "msr", ExitReason.Family.MSR);

    @TempDir
    private Path folder;

    @Test
    void everyTableViewAndColumnHasAComment() throws SQLException {
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            assertThat(strings(
                            database,
                            "SELECT table_name FROM duckdb_tables() WHERE comment IS NULL OR trim(comment) = ''"))
                    .isEmpty();
            assertThat(
                            strings(
                                    database,
                                    "SELECT view_name FROM duckdb_views() WHERE NOT internal AND coalesce(trim(comment), '') = ''"))
                    .isEmpty();
            assertThat(strings(
                            database,
                            "SELECT c.table_name || '.' || c.column_name FROM duckdb_columns() AS c"
                                    + " JOIN duckdb_tables() AS t USING (table_oid)"
                                    + " WHERE c.comment IS NULL OR trim(c.comment) = ''"))
                    .isEmpty();
        }
    }

    @Test
    void everyConstantReadsBackUnderItsOwnName() throws SQLException {
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            try (ScheduleLoader loader = database.loader(0)) {
                for (VcpuState state : VcpuState.values()) {
                    loader.interval(new VcpuInterval(0, state, 0, 0, 1, Origin.RECORDED));
                }
                for (Origin origin : Origin.values()) {
                    loader.interval(new VcpuInterval(1, VcpuState.GUEST, 0, 0, 1, origin));
                }
                for (SpinEpisode.End end : SpinEpisode.End.values()) {
                    loader.episode(new SpinEpisode(0, 0, 0, 9, 1, 5, -1, end, Origin.INFERRED, 1, 1));
                }
                yieldsOfEveryConstant(loader);
                for (WakeEdge.Source source : WakeEdge.Source.values()) {
                    loader.wakeEdge(new WakeEdge(0, 1, -1, source, -1, -1, 0));
                }
                for (Wait.Cause cause : Wait.Cause.values()) {
                    loader.waited(new Wait(0, cause, 0.5, Wait.Evidence.DIRECT, List.of(), List.of()));
                }
                for (Wait.Evidence evidence : Wait.Evidence.values()) {
                    loader.waited(new Wait(1, Wait.Cause.IPI, 0.5, evidence, List.of(), List.of()));
                }
                for (Wakeup.Source source : Wakeup.Source.values()) {
                    loader.wakeup(new Wakeup(0, 1, -1, -1, -1, source, 0));
                }
            }
            assertThat(strings(database, "SELECT state FROM vcpu_interval WHERE vcpu = 0"))
                    .isEqualTo(names(VcpuState.values()));
            assertThat(strings(database, "SELECT origin FROM vcpu_interval WHERE vcpu = 1"))
                    .isEqualTo(names(Origin.values()));
            assertThat(strings(database, "SELECT spin_end FROM spin_episode"))
                    .isEqualTo(names(SpinEpisode.End.values()));
            assertThat(strings(database, "SELECT outcome FROM directed_yield WHERE episode = 0"))
                    .isEqualTo(names(DirectedYield.Outcome.values()));
            assertThat(strings(database, "SELECT back_before_progress FROM directed_yield WHERE episode = 1"))
                    .isEqualTo(names(Tristate.values()));
            assertThat(strings(database, "SELECT hit_culprit FROM directed_yield WHERE episode = 1"))
                    .isEqualTo(names(Tristate.values()));
            assertThat(strings(database, "SELECT continuation FROM directed_yield WHERE episode = 2"))
                    .isEqualTo(names(Continuation.values()));
            assertThat(strings(database, "SELECT source FROM wake_edge")).isEqualTo(names(WakeEdge.Source.values()));
            assertThat(strings(database, "SELECT cause FROM wait WHERE episode = 0"))
                    .isEqualTo(names(Wait.Cause.values()));
            assertThat(strings(database, "SELECT evidence FROM wait WHERE episode = 1"))
                    .isEqualTo(names(Wait.Evidence.values()));
            assertThat(strings(database, "SELECT source FROM wakeup")).isEqualTo(names(Wakeup.Source.values()));
            assertThat(strings(database, "SELECT unnest(enum_range(NULL::run_role))::VARCHAR"))
                    .isEqualTo(names(Run.Role.values()));
        }
    }

    private static void yieldsOfEveryConstant(ScheduleLoader loader) {
        for (DirectedYield.Outcome outcome : DirectedYield.Outcome.values()) {
            loader.directedYield(new DirectedYield(0, 0, 0, 5, outcome, -1, -1, 0, Tristate.YES, Tristate.UNKNOWN, 1));
        }
        for (Tristate answer : Tristate.values()) {
            loader.directedYield(
                    new DirectedYield(1, 0, 0, 5, DirectedYield.Outcome.IDLE, -1, -1, 0, answer, answer, 1));
        }
        for (Continuation why : Continuation.values()) {
            loader.directedYield(new DirectedYield(
                    2,
                    0,
                    0,
                    5,
                    DirectedYield.Outcome.IDLE,
                    -1,
                    -1,
                    0,
                    Tristate.YES,
                    Tristate.NO,
                    1,
                    Tristate.NO,
                    why,
                    1));
        }
    }

    @Test
    void unknownValuesAreNullAndAddressesKeepTheirBits() throws SQLException {
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            try (ScheduleLoader loader = database.loader(0)) {
                loader.vmExit(new VmExit(0, -1, 10, -1, PAUSE, 0xffffffff81000080L, -1, 0, 0));
            }
            assertThat(strings(
                            database,
                            "SELECT concat_ws('|', pcpu IS NULL, entry_ns IS NULL, guest_ns IS NULL, ple_window IS NULL,"
                                    + " line IS NULL, hex_address(guest_rip)) FROM vm_exit"))
                    .containsExactly("true|true|true|true|true|0xffffffff81000080");
        }
    }

    @Test
    void aWaitKeepsItsQueueItsReceiversAndWhatItsSuspectHadLeftToDo() throws SQLException {
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            try (ScheduleLoader loader = database.loader(0)) {
                loader.episode(new SpinEpisode(4, 3, 0, 9, 6, 60, -1, SpinEpisode.End.HALT, Origin.INFERRED, 1, 1));
                loader.waited(new Wait(
                        4,
                        Wait.Cause.LOCK,
                        1,
                        Wait.Evidence.DIRECT,
                        List.of(
                                new Wait.Candidate(1, 0.5, 70, new Residual(30, 1, 2, 3)),
                                new Wait.Candidate(2, 0.5, -1)),
                        List.of(),
                        new Wait.Queue(3, 2, 1, 0.75),
                        List.of(new Wait.Receiver(1, 60), new Wait.Receiver(2, -1)),
                        Tristate.NO));
                loader.episode(new SpinEpisode(5, 2, 0, 9, 1, 7, -1, SpinEpisode.End.HALT, Origin.INFERRED, 1, 1));
                loader.waited(new Wait(5, Wait.Cause.IPI, 1, Wait.Evidence.DIRECT, List.of(), List.of()));
            }
            assertThat(
                            strings(
                                    database,
                                    "SELECT concat_ws('|', vcpu, ple_exits, spin_ns, suspect, residual_ns) FROM wait ORDER BY episode"))
                    .containsExactly("3|6|60|1|2", "2|1|7");
            // Two suspects of one half each are one bit; at one half a suspect is believed.
            assertThat(strings(
                            database,
                            "SELECT concat_ws('|', entropy_bits, ambiguous, lock, ahead, root, fifo_share, held_up)"
                                    + " FROM wait ORDER BY episode"))
                    .containsExactly("1.0|false|3|2|1|0.75|NO", "0.0|true|0|UNKNOWN");
            assertThat(strings(
                            database,
                            "SELECT concat_ws('|', residual_from_ns, residual_least_ns, residual_likely_ns,"
                                    + " residual_most_ns) FROM wait_candidate ORDER BY rank"))
                    .containsExactly("30|1|2|3", "");
            assertThat(strings(
                            database, "SELECT concat_ws('|', vcpu, handled_ns, last) FROM wait_receiver ORDER BY vcpu"))
                    .containsExactly("1|60|true", "2|false");
        }
    }

    /** 5,000 texts, each three times: more than are kept; of one, two and three bytes to a character. */
    @Test
    void textsArriveHoweverManyThereAre() throws SQLException {
        List<String> roles = new ArrayList<>();
        List<Wait.EvidenceLine> trail = new ArrayList<>();
        for (int i = 0; i < 15_000; i++) {
            String role = "r\u00f6le \u20ac" + i % 5_000;
            roles.add(role);
            trail.add(new Wait.EvidenceLine(i + 1L, role));
        }
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            try (ScheduleLoader loader = database.loader(0)) {
                loader.episode(new SpinEpisode(0, 0, 0, 9, 1, 5, -1, SpinEpisode.End.HALT, Origin.INFERRED, 1, 1));
                loader.waited(new Wait(0, Wait.Cause.IPI, 1, Wait.Evidence.DIRECT, List.of(), trail));
            }
            assertThat(strings(database, "SELECT role FROM wait_evidence ORDER BY line"))
                    .isEqualTo(roles);
        }
    }

    @Test
    void rowsBeyondOneBatchArriveInOrder() throws SQLException {
        int rows = 2 * ColumnBatch.LIMIT + 17;
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            try (ScheduleLoader loader = database.loader(0)) {
                for (int i = 0; i < rows; i++) {
                    loader.interval(new VcpuInterval(0, VcpuState.GUEST, 0, i, i + 1, Origin.RECORDED));
                }
            }
            database.commit();
            assertThat(strings(database, "SELECT count(*) FROM vcpu_interval WHERE start_ns = rowid"))
                    .containsExactly(Integer.toString(rows));
        }
    }

    @Test
    void schedulesLoadedSideBySideAreStoredInTheOrderTheyWereOpened() throws SQLException {
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            try (ScheduleLoader first = database.loader(0)) {
                try (ScheduleLoader second = database.loader(1)) {
                    second.vmExit(new VmExit(0, 0, 5, 6, MSR, 0, 1, 0, 0));
                    second.vmExit(new VmExit(0, 0, 7, 8, PAUSE.spelled("EXIT_PAUSE", false), 0, 1, 0, 0));
                }
                first.vmExit(new VmExit(0, 0, 1, 2, PAUSE, 0, 1, 0, 0));
            }
            assertThat(strings(
                            database,
                            "SELECT x.run || ' ' || r.reason || ' ' || r.name || ' ' || r.spelling FROM vm_exit AS x"
                                    + " JOIN exit_reason AS r USING (reason) ORDER BY x.rowid"))
                    .containsExactly("0 0 pause pause", "1 1 msr msr", "1 2 pause EXIT_PAUSE");
        }
    }

    @Test
    void aFileAppearsOnlyWhenPublished() throws IOException, SQLException {
        Path file = folder.resolve("with space.duckdb");
        Files.writeString(file, "old");
        try (TraceDatabase database = TraceDatabase.create(file)) {
            database.facts().run(Run.recorded(5));
            database.commit();
            assertThat(file).hasContent("old");
        }
        assertThat(file).hasContent("old");
        assertThat(children()).containsExactly("with space.duckdb");

        try (TraceDatabase database = TraceDatabase.create(file)) {
            database.facts().run(Run.recorded(5));
            database.publish();
        }
        try (TraceDatabase database = TraceDatabase.open(file)) {
            assertThat(strings(database, "SELECT setting FROM run")).containsExactly("recorded");
        }
        assertThat(children()).containsExactly("with space.duckdb");
    }

    @Test
    void leftoversOfDeadProcessesGoAndThoseOfLivingOnesStay() throws IOException {
        // Process ids of Linux end at 2^22, so this one cannot live.
        Files.writeString(folder.resolve("t.duckdb.partial-99999999"), "dead");
        Files.writeString(folder.resolve("t.duckdb.partial-99999999.wal"), "dead");
        Files.writeString(folder.resolve("t.duckdb.partial-1"), "alive");
        Files.writeString(folder.resolve("other.duckdb.partial-99999999"), "not ours");
        try (TraceDatabase database = TraceDatabase.create(folder.resolve("t.duckdb"))) {
            assertThat(children()).doesNotContain("t.duckdb");
            database.commit();
        }
        assertThat(children()).containsExactly("other.duckdb.partial-99999999", "t.duckdb.partial-1");
    }

    @Test
    void otherDatabasesAndVersionsAreRefusedWithTheWayOut() throws SQLException, IOException {
        Path foreign = folder.resolve("foreign.duckdb");
        execute(foreign, "CREATE TABLE t (i INTEGER)");
        assertThatThrownBy(() -> openAndClose(foreign))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not one that plescope wrote");

        Path newer = folder.resolve("newer.duckdb");
        execute(newer, "CREATE TABLE schema_version AS SELECT 999 AS version");
        assertThatThrownBy(() -> openAndClose(newer))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("layout version 999")
                .hasMessageContaining("plescope read");

        Path text =
                Files.writeString(folder.resolve("text.duckdb"), "no database at all, only some text\n".repeat(500));
        assertThatThrownBy(() -> openAndClose(text)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> openAndClose(folder.resolve("absent"))).hasMessageContaining("no such database");
    }

    private List<String> children() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private static void openAndClose(Path file) {
        try (TraceDatabase database = TraceDatabase.open(file)) {
            assertThat(database.connection()).isNotNull();
        }
    }

    private static void execute(Path file, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> names(Enum<?>[] constants) {
        List<String> names = new ArrayList<>();
        for (Enum<?> constant : constants) {
            names.add(constant.name());
        }
        return names;
    }

    static List<String> strings(TraceDatabase database, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
