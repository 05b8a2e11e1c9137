package plescope.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plescope.analysis.cli.Main;
import plescope.analysis.store.TraceDatabase;

/** What is stored with a row so that reports need no join, against the join, on recorded, simulated and copied schedules. */
final class StoredAnswersTest {
    private static final Path SAMPLES =
            Path.of(System.getProperty("plescope.root")).resolve("samples");

    private static final String OTHER_IPIS = """
            SELECT p.run, p.receiver, p.sent_ns, p.receiver_state, i.state
            FROM ipi AS p
            ASOF LEFT JOIN vcpu_interval AS i ON i.run = p.run AND i.vcpu = p.receiver AND i.start_ns <= p.sent_ns
            WHERE p.receiver_state <> coalesce(i.state, 'UNKNOWN')
            LIMIT 10
            """;
    private static final String OTHER_WAITS = """
            SELECT w.run, w.episode, w.vcpu, w.ple_exits, w.spin_ns, w.suspect, w.residual_ns
            FROM wait AS w
            LEFT JOIN spin_episode AS e ON e.run = w.run AND e.episode = w.episode
            LEFT JOIN wait_candidate AS k ON k.run = w.run AND k.episode = w.episode AND k.rank = 1
            WHERE e.vcpu IS NULL OR w.vcpu <> e.vcpu OR w.ple_exits <> e.ple_exits OR w.spin_ns <> e.spin_ns
                OR w.suspect IS DISTINCT FROM k.vcpu OR w.residual_ns IS DISTINCT FROM k.residual_likely_ns
            LIMIT 10
            """;
    private static final String OTHER_YIELDS = """
            SELECT y.run, y.episode, y.exit_ns, y.spin_ns, y.culprit
            FROM directed_yield AS y
            LEFT JOIN spin_episode AS e ON e.run = y.run AND e.episode = y.episode
            LEFT JOIN wait AS w ON w.run = y.run AND w.episode = y.episode
            LEFT JOIN wait_candidate AS k ON k.run = y.run AND k.episode = y.episode AND k.rank = 1
            WHERE y.spin_ns IS DISTINCT FROM e.spin_ns // e.ple_exits
                OR y.culprit IS DISTINCT FROM CASE WHEN NOT w.ambiguous THEN k.vcpu END
            LIMIT 10
            """;

    @TempDir
    private Path folder;

    private int files;

    private Path run(String... words) {
        Path file = folder.resolve(files++ + ".duckdb");
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-o", file.toString()));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        int code = Main.run(all.toArray(String[]::new), InputStream.nullInputStream(), nowhere, nowhere, 80);
        assertThat(code).isZero();
        return file;
    }

    @Test
    void aRecordingAndItsReplaysKeepWhatAJoinWouldTell() throws IOException {
        Path replayed = run(
                "replay",
                SAMPLES.resolve("synthetic-convoy/trace.txt.zst").toString(),
                "--setting",
                "eevdf-6.12+p2021",
                "--members",
                "1",
                "--seeds",
                "1");
        check(replayed, true);
        check(run("replay", replayed.toString(), "--members", "1", "--seeds", "1", "--setting", "cfs-6.1+p2019"), true);
    }

    @Test
    void aRecordingOfRealGuestsKeepsWhatAJoinWouldTell() throws IOException {
        check(run("read", SAMPLES.resolve("linux-guests-pooled/trace.txt.zst").toString()), true);
    }

    private static void check(Path file, boolean hasIpis) throws IOException {
        try (TraceDatabase database = TraceDatabase.open(file)) {
            ReportRunner runner = new ReportRunner(database);
            assertThat(number(runner, "SELECT count(DISTINCT run) FROM wait")).isPositive();
            assertThat(number(runner, "SELECT count(*) FROM ipi") > 0).isEqualTo(hasIpis);
            assertThat(runner.sql(OTHER_IPIS).rows()).isEmpty();
            assertThat(runner.sql(OTHER_WAITS).rows()).isEmpty();
            assertThat(runner.sql(OTHER_YIELDS).rows()).isEmpty();
            String waits =
                    "SELECT run, vcpu, pcpu, holder_vcpu, holder_tid, sum(held_ns), sum(spinning_ns) FROM pcpu_wait"
                            + " GROUP BY ALL";
            assertThat(difference(runner, waits, plain("pcpu_wait"))).isEmpty();
            assertThat(difference(runner, "FROM pcpu_stay", plain("pcpu_stay"))).isEmpty();
        }
    }

    private static long number(ReportRunner runner, String query) {
        return (Long) runner.sql(query).rows().get(0).get(0);
    }

    private static List<List<Object>> difference(ReportRunner runner, String stored, String plain) {
        runner.sql("CREATE OR REPLACE TEMP TABLE stored AS " + stored);
        runner.sql("CREATE OR REPLACE TEMP TABLE plain AS " + plain);
        assertThat(number(runner, "SELECT count(*) FROM stored")).isPositive();
        return runner.sql("(FROM stored EXCEPT ALL FROM plain) UNION ALL (FROM plain EXCEPT ALL FROM stored) LIMIT 10")
                .rows();
    }

    /** The query that tells what a table must hold. */
    private static String plain(String table) throws IOException {
        try (InputStream in = StoredAnswersTest.class.getResourceAsStream("plain/stored.sql")) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String insert = "INSERT INTO " + table + "\n";
            int from = all.indexOf(insert) + insert.length();
            return all.substring(from, all.indexOf(';', from));
        }
    }
}
