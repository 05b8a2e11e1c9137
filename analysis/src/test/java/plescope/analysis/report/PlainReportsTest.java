package plescope.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import plescope.analysis.store.TraceDatabase;

/** Reports made fast against the plain queries they replaced, kept beside this test, on random schedules and every sort of filter. */
final class PlainReportsTest {
    private static final long SEED = Long.getLong("seed", 20_261_121);
    private static final int PCPUS = 2;
    private static final String[] STATES = {
        "GUEST", "SPINNING", "HOST", "HALT_POLL", "PREEMPTED", "WAITING", "BLOCKED", "UNKNOWN"
    };

    private final SplittableRandom random = new SplittableRandom(SEED);

    @ParameterizedTest
    @EnumSource(
            value = ReportName.class,
            names = {
                "BURSTS",
                "BURST_TOTALS",
                "ROOT_CAUSES",
                "HEADROOM",
                "YIELDS",
                "IPI_LATENCY",
                "HALT_POLLING",
                "STEAL",
                "STACKING",
                "QUALITY"
            },
            mode = Mode.INCLUDE)
    void sameAnswerAsThePlainQuery(ReportName name) throws IOException {
        Report fast = Report.read(name);
        Report plain = Report.parse(name, text(name.text() + ".sql"));
        assertThat(plain.columns()).isEqualTo(fast.columns());
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            ReportRunner runner = new ReportRunner(database);
            runner.sql(ReportFixture.MACHINES);
            runner.sql(text("ple_burst.sql"));
            runner.sql(schedule());
            runner.sql(text("stored.sql"));
            long rows = 0;
            for (RowFilter filter : filters()) {
                if (!fast.filters().containsAll(filter.choices())) {
                    continue;
                }
                for (Map<String, String> arguments : arguments(name, filter)) {
                    ReportTable expected = runner.sql(plain.sql(arguments, filter, RowOrder.NONE));
                    assertThat(runner.sql(fast.sql(arguments, filter, RowOrder.NONE)))
                            .as("seed %d, %s, %s", SEED, filter, arguments)
                            .isEqualTo(expected);
                    rows += expected.rows().size();
                }
            }
            assertThat(rows).isGreaterThan(10);
        }
    }

    /** The plain queries must not be the fast ones: a copy of these would agree with them always. */
    @Test
    void plainQueriesAreOthers() throws IOException {
        for (ReportName name : List.of(
                ReportName.ROOT_CAUSES,
                ReportName.HEADROOM,
                ReportName.YIELDS,
                ReportName.IPI_LATENCY,
                ReportName.HALT_POLLING,
                ReportName.STEAL,
                ReportName.STACKING,
                ReportName.QUALITY)) {
            assertThat(Report.parse(name, text(name.text() + ".sql")).body())
                    .isNotEqualTo(Report.read(name).body());
        }
    }

    private static List<Map<String, String>> arguments(ReportName name, RowFilter filter) {
        if (name != ReportName.BURSTS && name != ReportName.BURST_TOTALS) {
            return List.of(Map.of());
        }
        if (!filter.equals(RowFilter.NONE)) {
            return List.of(Map.of("max_gap_us", "20", "min_exits", "2"));
        }
        return Stream.of("0", "20", "100")
                .flatMap(gap ->
                        Stream.of("0", "1", "2", "3", "7").map(least -> Map.of("max_gap_us", gap, "min_exits", least)))
                .toList();
    }

    private static List<RowFilter> filters() {
        return List.of(
                RowFilter.NONE,
                new RowFilter(1_000_000, 9_000_000, List.of(), List.of(), List.of(), List.of()),
                new RowFilter(0, Long.MAX_VALUE, List.of("a"), List.of(), List.of(), List.of()),
                new RowFilter(0, Long.MAX_VALUE, List.of(), List.of("0"), List.of(), List.of()),
                new RowFilter(0, Long.MAX_VALUE, List.of(), List.of(), List.of(11, 19), List.of()),
                new RowFilter(2_000_000, 7_000_000, List.of(), List.of(), List.of(), List.of(1)));
    }

    /** Rows of three vCPUs that need not make sense together: two may hold one pCPU, and there are holes. */
    private String schedule() {
        StringBuilder sql = new StringBuilder();
        long episode = 0;
        for (int vcpu = 0; vcpu < 3; vcpu++) {
            long now = random.nextInt(20) * 1_000L;
            for (int i = 0; i < 600; i++) {
                long end = now + (1 + random.nextInt(30)) * 1_000L;
                String state = STATES[random.nextInt(STATES.length)];
                String pcpu = random.nextInt(10) == 0 ? "NULL" : String.valueOf(random.nextInt(PCPUS));
                sql.append("INSERT INTO vcpu_interval VALUES (0, %d, '%s', %s, %d, %d, 'RECORDED');\n"
                        .formatted(vcpu, state, pcpu, now, end));
                if (state.equals("SPINNING")) {
                    spin(sql, episode++, vcpu, now, 1 + random.nextInt(3));
                }
                now = end + (random.nextInt(20) == 0 ? 7_000 : 0);
            }
        }
        for (int i = 0; i < 400; i++) {
            // Threads 10 and 20 are vCPUs, 7 is another, 0 the idle task, -1 unknown; no two switches of a pCPU at one
            // time.
            int[] threads = {10, 20, 7, 0, -1};
            sql.append("INSERT INTO context_switch VALUES (0, %d, %d, 1, %d);\n"
                    .formatted(i % PCPUS, i * 23_500L, threads[random.nextInt(threads.length)]));
        }
        for (int i = 0; i < 500; i++) {
            long sentNs = random.nextInt(10_000) * 1_000L;
            String ack = random.nextInt(4) == 0 ? "NULL" : String.valueOf(sentNs + random.nextInt(50) * 1_000L);
            sql.append("INSERT INTO ipi VALUES (0, 0, %d, %d, %d, %s, %d, NULL, 'UNKNOWN');\n"
                    .formatted(random.nextInt(3), 251 + random.nextInt(2), sentNs, ack, i));
        }
        return sql.toString();
    }

    private void spin(StringBuilder sql, long episode, int vcpu, long startNs, int exits) {
        sql.append("INSERT INTO spin_episode VALUES (0, %d, %d, %d, %d, %d, %d, 64, 'PROGRESS', 'INFERRED', 1, 2);\n"
                .formatted(episode, vcpu, startNs, startNs + 9_000, exits, random.nextInt(5_000)));
        for (int i = 0; i < exits; i++) {
            // Several at one time among them.
            long exitNs = startNs + random.nextInt(3) * 1_000L;
            sql.append("""
                    INSERT INTO directed_yield
                        (run, episode, spinner, pcpu, exit_ns, outcome, back_before_progress, hit_culprit, line)
                    VALUES (0, %d, %d, %d, %d, 'NO_SWITCH', 'YES', 'NO', %d);
                    """.formatted(episode, vcpu, random.nextInt(PCPUS), exitNs, random.nextInt(100_000)));
        }
        if (random.nextBoolean()) {
            sql.append("UPDATE directed_yield SET target = %d, same_queue = 'NO' WHERE episode = %d;\n"
                    .formatted(random.nextInt(3), episode));
        }
        if (random.nextInt(10) > 0) {
            waited(sql, episode);
        }
    }

    /** What only a join tells is left for it. */
    private void waited(StringBuilder sql, long episode) {
        String[] causes = {"LOCK", "IPI", "UNKNOWN"};
        sql.append("""
                INSERT INTO wait
                    (run, episode, cause, cause_probability, evidence, ambiguous, lock, ahead, fifo_share, held_up, vcpu, ple_exits, spin_ns)
                VALUES (0, %d, '%s', %s, '%s', %s, %d, %d, %s, '%s', 0, 0, 0);
                """.formatted(
                        episode,
                        causes[random.nextInt(causes.length)],
                        random.nextInt(100) / 128.0,
                        random.nextBoolean() ? "DIRECT" : "INFERRED",
                        random.nextBoolean(),
                        random.nextInt(2),
                        random.nextInt(3),
                        random.nextInt(100) / 128.0,
                        random.nextBoolean() ? "YES" : "NO"));
        int candidates = random.nextInt(3);
        for (int rank = 1; rank <= candidates; rank++) {
            String residual = random.nextBoolean() ? "NULL" : String.valueOf(random.nextInt(9_000));
            sql.append("INSERT INTO wait_candidate VALUES (0, %d, %d, %d, 0.5, NULL, NULL, NULL, %s, NULL);\n"
                    .formatted(episode, rank, random.nextInt(3), residual));
        }
        sql.append("INSERT INTO wait_evidence VALUES (0, %d, %d, 'ipi-sent'), (0, %d, 4, 'holder-resumed');\n"
                .formatted(episode, random.nextInt(1_000), episode));
    }

    private static String text(String file) throws IOException {
        try (InputStream in = PlainReportsTest.class.getResourceAsStream("plain/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
