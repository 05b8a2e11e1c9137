package plescope.analysis.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plescope.analysis.cli.Main;
import plescope.analysis.recording.RecordingWindows.Whole;
import plescope.analysis.recording.RecordingWindows.Window;
import plescope.analysis.store.ScheduleReader;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.workload.ScheduleCut;

/** Windows of a real recording: two seconds of two VMs that wait for each other all the time, so that every edge cuts waits. */
final class RecordingWindowsTest {
    private static final int ALL = Integer.MAX_VALUE;

    @TempDir
    private static Path folder;

    private static Path database;
    private static Seen inFour;

    @BeforeAll
    static void read() {
        database = folder.resolve("t.duckdb");
        String log = Path.of(System.getProperty("plescope.root"), "samples", "linux-guests-pooled", "trace.txt.zst")
                .toString();
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        String[] words = {"read", log, "-o", database.toString()};
        assertThat(Main.run(words, InputStream.nullInputStream(), silent, silent, 100))
                .isZero();
        inFour = windows(500_000_000, ALL);
    }

    private record Seen(List<Long> lengths, long opened) {}

    private static Seen windows(long lengthNs, long mostRows) {
        try (ScheduleReader schedule = ScheduleReader.open(database)) {
            Whole whole = Whole.of("t", schedule);
            RecordingWindows windows =
                    new RecordingWindows(schedule, whole, lengthNs, mostRows, GuestSymbols.NONE, null);
            List<Long> lengths = new ArrayList<>();
            Window first = windows.first();
            while (windows.hasNext()) {
                Window window = windows.next();
                lengths.add(window.lengthNs());
                assertThat(window.recording().host().setting().setting())
                        .isEqualTo(first.recording().host().setting().setting());
            }
            assertThat(windows.count()).isEqualTo(lengths.size());
            return new Seen(lengths, windows.opened());
        }
    }

    private static long query(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private static long spanNs() {
        try (ScheduleReader schedule = ScheduleReader.open(database)) {
            return schedule.trace().spanNs();
        }
    }

    @Test
    void windowsFollowEachOtherFromBeginToEnd() {
        List<Long> lengths = inFour.lengths();
        assertThat(lengths).hasSize(4);
        assertThat(lengths.stream().mapToLong(Long::longValue).sum()).isEqualTo(spanNs());
        assertThat(lengths).allSatisfy(length -> assertThat(length).isBetween(spanNs() / 4, spanNs() / 4 + 3));
    }

    /**
     * Every wait or IPI that reaches over an edge, counted once by SQL: episodes that begin before an edge and end behind it, IPIs
     * acknowledged at an edge or behind it, and releases that lie in another window than their wait.
     */
    @Test
    void whatReachesOverAnEdgeIsCountedOnce() throws Exception {
        long quarter = spanNs() / 4;
        String edges = "(SELECT unnest([" + quarter + ", " + 2 * quarter + ", " + 3 * quarter + "]) AS edge)";
        long episodes = query("SELECT count(DISTINCT episode) FROM spin_episode, " + edges
                + " WHERE run = 0 AND start_ns < edge AND end_ns > edge");
        long ipis = query("SELECT count(DISTINCT i.rowid) FROM ipi i, " + edges
                + " WHERE run = 0 AND sent_ns < edge AND ack_ns >= edge");
        long releases =
                query("SELECT count(DISTINCT c.rowid) FROM wait_candidate c JOIN spin_episode e USING (run, episode), "
                        + edges + " WHERE run = 0 AND c.release_ns >= 0 AND ((e.end_ns <= edge AND c.release_ns > edge)"
                        + " OR (e.start_ns >= edge AND c.release_ns < edge)) AND NOT EXISTS (SELECT 1 FROM " + edges
                        + " AS o WHERE e.start_ns < o.edge AND e.end_ns > o.edge)");
        assertThat(episodes).isPositive();
        assertThat(ipis).isPositive();
        assertThat(inFour.opened()).isEqualTo(episodes + ipis + releases);
        assertThat(windows(5_000_000_000L, ALL).opened()).isZero();
    }

    /** Episodes of all windows are those of the whole less those that reach over an edge: none is told twice. */
    @Test
    void noEpisodeIsToldTwice() throws Exception {
        long edge = spanNs() / 2;
        List<Long> told = new ArrayList<>();
        try (ScheduleReader schedule = ScheduleReader.open(database)) {
            for (long from : new long[] {0, edge}) {
                long to = from == 0 ? edge : spanNs();
                schedule.tell(
                        new ScheduleCut(from, to, new SelectiveSink() {
                            @Override
                            public void episode(SpinEpisode episode) {
                                told.add(episode.id());
                            }
                        }),
                        from,
                        to);
            }
        }
        long over = query(
                "SELECT count(*) FROM spin_episode WHERE run = 0 AND start_ns < " + edge + " AND end_ns > " + edge);
        assertThat(told).doesNotHaveDuplicates();
        assertThat((long) told.size()).isEqualTo(query("SELECT count(*) FROM spin_episode WHERE run = 0") - over);
    }

    @Test
    void aWindowThatDoesNotFitIsHalved() throws Exception {
        long rows = query(
                "SELECT (SELECT count(*) FROM vcpu_interval WHERE run = 0) + (SELECT count(*) FROM vm_exit WHERE run = 0)"
                        + " + (SELECT count(*) FROM spin_episode WHERE run = 0) + (SELECT count(*) FROM ipi WHERE run = 0)"
                        + " + (SELECT count(*) FROM wakeup WHERE run = 0)");
        assertThat(windows(5_000_000_000L, rows + 10).lengths()).hasSize(1);
        List<Long> halved = windows(5_000_000_000L, rows - rows / 10).lengths();
        assertThat(halved).hasSize(2);
        assertThat(halved.stream().mapToLong(Long::longValue).sum()).isEqualTo(spanNs());
    }

    @Test
    void whatDoesNotFitInTheShortestWindowIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> windows(500_000_000, 10))
                .isInstanceOf(RecordingTooLongException.class)
                .hasMessageContaining("plescope extract TRACE --time 0ms,")
                .hasMessageContaining("PLESCOPE_JAVA_OPTIONS=-Xmx8g");
    }
}
