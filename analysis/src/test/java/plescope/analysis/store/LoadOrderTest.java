package plescope.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import plescope.parser.event.ExitReason;
import plescope.replay.model.Origin;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;

/** The thread that stores: what it does when it fails, and that nobody sees when it works. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LoadOrderTest {
    private static final int MANY_ROWS = (LoadOrder.AHEAD_BATCHES + 3) * ColumnBatch.LIMIT;

    @TempDir
    private Path folder;

    @Test
    void whatFailsWhileStoringIsToldOnceAndNothingIsPublished() throws IOException, SQLException {
        Path file = folder.resolve("t.duckdb");
        try (TraceDatabase database = TraceDatabase.create(file)) {
            execute(database, "DROP TABLE vcpu_interval");
            ScheduleLoader loader = database.loader(0);
            assertThatThrownBy(() -> intervals(loader, 0, MANY_ROWS))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("vcpu_interval");
            // Told already: what follows is dropped, without waiting for room that never comes.
            assertThatCode(() -> intervals(loader, MANY_ROWS, MANY_ROWS)).doesNotThrowAnyException();
            assertThatCode(loader::close).doesNotThrowAnyException();
            assertThatThrownBy(database::publish).isInstanceOf(StoreException.class);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatFailsOnTheLastRowsIsToldWhenTheLoaderIsClosed() throws SQLException {
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            execute(database, "DROP TABLE vcpu_interval");
            ScheduleLoader loader = database.loader(0);
            intervals(loader, 0, 1);
            assertThatThrownBy(loader::close).isInstanceOf(StoreException.class).hasMessageContaining("vcpu_interval");
            assertThatCode(loader::close).doesNotThrowAnyException();
        }
    }

    @Test
    void aDatabaseClosedBeforeItsLoadersKeepsNobodyWaiting() {
        ScheduleLoader loader;
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            loader = database.loader(0);
            intervals(loader, 0, 3 * ColumnBatch.LIMIT);
        }
        assertThatThrownBy(() -> intervals(loader, 0, MANY_ROWS))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed before all was stored");
    }

    /** A transaction over everything would grow with the log until DuckDB's memory is full. */
    @Test
    void whatIsLongIsCompletedPieceByPiece() throws IOException, SQLException {
        try (TraceDatabase database = TraceDatabase.create(folder.resolve("t.duckdb"))) {
            // One batch per loader, five more than make a piece.
            for (int run = 0; run < BatchWriter.BATCHES_PER_COMMIT + 5; run++) {
                try (ScheduleLoader loader = database.loader(run)) {
                    intervals(loader, run, 1);
                }
            }
            assertThat(single(database, "SELECT count(*) FROM vcpu_interval")).isEqualTo("517");
            database.connection().rollback();
            assertThat(single(
                            database,
                            "SELECT count(*) || ' ' || count(*) FILTER (WHERE start_ns = rowid) FROM vcpu_interval"))
                    .isEqualTo("512 512");
        }
    }

    @Test
    void tablesAreEqualHoweverSchedulesInterleave() throws Exception {
        List<String> inTurn;
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            for (int run = 0; run < 3; run++) {
                try (ScheduleLoader loader = database.loader(run)) {
                    rows(loader, run, new SplittableRandom(run));
                }
            }
            inTurn = contents(database);
        }
        assertThat(inTurn).hasSize(3 + 3);
        for (int trial = 0; trial < 3; trial++) {
            try (TraceDatabase database = TraceDatabase.inMemory()) {
                List<Thread> threads = new ArrayList<>();
                for (int run = 0; run < 3; run++) {
                    int number = run;
                    ScheduleLoader loader = database.loader(run);
                    threads.add(new Thread(() -> {
                        rows(loader, number, new SplittableRandom(number));
                        loader.close();
                    }));
                }
                // Each order of starting is one interleaving, and the threads make more.
                for (int i = 0; i < threads.size(); i++) {
                    threads.get((i + trial) % threads.size()).start();
                }
                for (Thread thread : threads) {
                    thread.join();
                }
                assertThat(contents(database)).isEqualTo(inTurn);
            }
        }
    }

    /** 40,000 reasons, every tenth a pause: 32,000 have a number of their own, 800 of the others are pauses and 7,200 are not. */
    @Test
    void exitReasonsWithoutEndAreCountedTogetherByWhatTheyMean() throws SQLException {
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            try (ScheduleLoader loader = database.loader(0)) {
                assertThat(loader.finding()).isNull();
                for (int i = 0; i < 40_000; i++) {
                    ExitReason.Family family = i % 10 == 0 ? ExitReason.Family.PAUSE : ExitReason.Family.OTHER;
                    ExitReason reason = new ExitReason(ExitReason.Isa.UNKNOWN, -1, "r" + i, family);
                    loader.vmExit(new VmExit(0, 0, i, i + 1L, reason, 0, 1, 0, i + 1L));
                }
                assertThat(loader.finding()).contains("32000 kinds of exit reasons");
            }
            String query =
                    "SELECT string_agg(family || ' ' || n, ', ' ORDER BY family) FROM (SELECT r.family, count(*) AS n"
                            + " FROM vm_exit x JOIN exit_reason r USING (reason) WHERE r.name = '(other reasons)' GROUP BY ALL)";
            assertThat(single(database, query)).isEqualTo("OTHER 7200, PAUSE 800");
            assertThat(single(database, "SELECT count(*) FROM exit_reason")).isEqualTo("32002");
        }
    }

    /** Two full batches and a rest of each of two tables, with reasons that the schedules meet in different orders. */
    private static void rows(ScheduleLoader loader, int run, SplittableRandom random) {
        int rows = 2 * ColumnBatch.LIMIT + 100 * run;
        for (int i = 0; i < rows; i++) {
            long time = 10L * i + random.nextInt(10);
            loader.interval(new VcpuInterval(run, VcpuState.GUEST, 0, time, time + 1, Origin.RECORDED));
            int code = (i + 7 * run) % 5;
            ExitReason reason = new ExitReason(ExitReason.Isa.SVM, code, "r" + code, ExitReason.Family.OTHER);
            loader.vmExit(new VmExit(run, 0, time, time + 2, reason, random.nextLong(), 1, 0, i + 1L));
        }
    }

    /** A digest of each run's rows in the order they are stored, and the reasons. */
    private static List<String> contents(TraceDatabase database) throws SQLException {
        database.commit();
        List<String> found = new ArrayList<>();
        try (Statement statement = database.connection().createStatement();
                ResultSet row = statement.executeQuery("SELECT concat_ws(' ', x.run, count(*), min(x.rowid),"
                        + " md5(string_agg(concat_ws(' ', x.exit_ns, x.guest_rip, r.name), ',' ORDER BY x.rowid)))"
                        + " FROM vm_exit AS x JOIN exit_reason AS r USING (reason) GROUP BY x.run"
                        + " UNION ALL SELECT concat_ws(' ', i.run, count(*), min(i.rowid),"
                        + " md5(string_agg(concat_ws(' ', i.start_ns, i.end_ns), ',' ORDER BY i.rowid)))"
                        + " FROM vcpu_interval AS i GROUP BY i.run ORDER BY 1")) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    private static String single(TraceDatabase database, String query) throws SQLException {
        try (Statement statement = database.connection().createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void intervals(ScheduleLoader loader, int from, int rows) {
        for (int i = from; i < from + rows; i++) {
            loader.interval(new VcpuInterval(0, VcpuState.GUEST, 0, i, i + 1, Origin.RECORDED));
        }
    }

    private static void execute(TraceDatabase database, String sql) throws SQLException {
        try (Statement statement = database.connection().createStatement()) {
            statement.execute(sql);
        }
    }
}
