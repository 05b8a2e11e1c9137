package plescope.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plescope.analysis.store.TraceDatabase;

/** Rows chosen and sorted before a report sees them. */
final class RowFilterTest {
    private static final RowFilter EVERYTHING_NAMED =
            new RowFilter(0, 500, List.of("a"), List.of("a/vcpu1", "0"), List.of(11, 9), List.of(0));

    /** VM a has exits of both vCPUs on both pCPUs, VM b one. */
    private static final String EXITS = """
            INSERT INTO vm_exit VALUES
                (0, 0, 0, 10, 20, 1, 64, 5, NULL, 1), (0, 0, 1, 30, 70, 2, 64, 5, NULL, 2),
                (0, 1, 0, 40, 60, 2, 64, 5, NULL, 3), (0, 2, 0, 50, 60, 1, 64, 5, NULL, 4);
            """;

    @ParameterizedTest
    @EnumSource(ReportName.class)
    void everyReportTakesWhatItsHeadSaysAndRefusesTheRest(ReportName name) {
        Report report = Report.read(name);
        for (String choice : RowFilter.CHOICES) {
            RowFilter one = only(choice);
            assertThat(one.choices()).containsExactly(choice);
            if (report.filters().contains(choice)) {
                try (TraceDatabase database = TraceDatabase.inMemory()) {
                    ReportTable table = new ReportRunner(database).sql(report.sql(Map.of(), one, RowOrder.NONE));
                    assertThat(table.columns()).hasSameSizeAs(report.columns());
                }
            } else {
                assertThatThrownBy(() -> report.sql(Map.of(), one, RowOrder.NONE))
                        .isInstanceOf(ReportException.class)
                        .hasMessageContaining("cannot be chosen by " + choice);
            }
        }
    }

    private static RowFilter only(String choice) {
        RowFilter all = EVERYTHING_NAMED;
        return switch (choice) {
            case "time" -> new RowFilter(all.fromNs(), all.toNs(), List.of(), List.of(), List.of(), List.of());
            case "cpu" -> with(List.of(), List.of(), List.of(), all.pcpus());
            case "pid" -> with(List.of(), List.of(), all.pids(), List.of());
            case "vm" -> with(all.vms(), List.of(), List.of(), List.of());
            default -> with(List.of(), all.vcpus(), List.of(), List.of());
        };
    }

    private static RowFilter with(List<String> vms, List<String> vcpus, List<Integer> pids, List<Integer> pcpus) {
        return new RowFilter(RowFilter.NONE.fromNs(), RowFilter.NONE.toNs(), vms, vcpus, pids, pcpus);
    }

    @Test
    void eachChoiceTakesItsOwnRows() {
        assertThat(samples(RowFilter.NONE)).isEqualTo("hlt 2, msr 2");
        assertThat(samples(with(List.of("a"), List.of(), List.of(), List.of()))).isEqualTo("msr 2, hlt 1");
        assertThat(samples(with(List.of(), List.of("0"), List.of(), List.of()))).isEqualTo("hlt 2, msr 1");
        assertThat(samples(with(List.of(), List.of("a/vcpu1"), List.of(), List.of())))
                .isEqualTo("msr 1");
        // the process of VM b, and the thread of a/vcpu1
        assertThat(samples(with(List.of(), List.of(), List.of(19, 11), List.of())))
                .isEqualTo("hlt 1, msr 1");
        assertThat(samples(with(List.of(), List.of(), List.of(), List.of(1)))).isEqualTo("msr 1");
        assertThat(samples(new RowFilter(30, 50, List.of(), List.of(), List.of(), List.of())))
                .isEqualTo("msr 2");
    }

    @Test
    void namesAreDataAndNoSql() {
        String hostile = "a'); DROP TABLE vm_exit; -- $pids";
        assertThat(samples(with(List.of(hostile), List.of(hostile), List.of(), List.of())))
                .isEmpty();
    }

    /** msr took 40 + 20 ns, hlt 10 + 10: by time msr is first, by least time hlt. */
    @Test
    void sortedByTheColumnsAskedFor() {
        assertThat(samples(RowFilter.NONE, new RowOrder(List.of(new RowOrder.Key("Time%", true)))))
                .isEqualTo("msr 2, hlt 2");
        assertThat(samples(RowFilter.NONE, new RowOrder(List.of(new RowOrder.Key("Time%", false)))))
                .isEqualTo("hlt 2, msr 2");
    }

    private static String samples(RowFilter filter) {
        return samples(filter, RowOrder.NONE);
    }

    private static String samples(RowFilter filter, RowOrder order) {
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            ReportRunner runner = new ReportRunner(database);
            runner.sql(ReportFixture.MACHINES + EXITS);
            ReportTable table = runner.sql(Report.read(ReportName.EXITS).sql(Map.of(), filter, order));
            return String.join(
                    ", ",
                    table.rows().stream()
                            .map(row -> row.get(0) + " " + row.get(1))
                            .toList());
        }
    }
}
