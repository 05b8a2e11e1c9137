package plescope.analysis.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.store.TraceDatabase;

/** The queries against rows counted by hand. */
class SideReaderTest {
    /** Two cells of 500 us; VM a with two vCPUs, VM b with one. */
    private static final TimeGrid GRID = new TimeGrid(0, 500_000, 2);

    private static final String ROWS = """
            INSERT INTO vm VALUES (0, 'a', 9, 'TGID'), (1, 'b', 19, 'TGID');
            INSERT INTO vcpu VALUES (0, 0, 0, 10, 'CPU 0/KVM'), (1, 0, 1, 11, 'CPU 1/KVM'), (2, 1, 0, 20, 'CPU 0/KVM');
            INSERT INTO run VALUES (0, 'recorded', 'RECORDED', NULL, 1000000);
            INSERT INTO exit_reason VALUES
                (0, 'SVM', 119, 'pause', 'PAUSE', 'pause', false), (1, 'SVM', 120, 'hlt', 'HALT', 'hlt', false),
                (2, 'SVM', 114, 'cpuid', 'OTHER', 'cpuid', false);
            INSERT INTO vm_exit VALUES
                (0, 0, 0, 100000, 110000, 0, 5, 1024, NULL, 1),
                (0, 1, 0, 600000, 610000, 0, 5, 1024, NULL, 2),
                (0, 1, 0, 700000, 710000, 1, 5, 2048, NULL, 3),
                (0, 0, 0, 710000, 720000, 2, 5, NULL, NULL, 4),
                (0, 2, 0, 999999, NULL, 0, 5, NULL, NULL, 5),
                (0, 2, 0, 1000000, NULL, 0, 5, NULL, NULL, 6);
            INSERT INTO context_switch VALUES (0, 0, 10, 20, 10), (0, 0, 20, 10, 77), (0, 0, 500000, 77, 11);
            INSERT INTO vcpu_interval VALUES
                (0, 0, 'GUEST', 0, 0, 400000, 'RECORDED'),
                (0, 0, 'PREEMPTED', 0, 400000, 800000, 'RECORDED'),
                (0, 0, 'UNKNOWN', NULL, 800000, 1000000, 'RECORDED'),
                (0, 1, 'HALT_POLL', 0, 0, 100000, 'RECORDED'),
                (0, 1, 'BLOCKED', NULL, 100000, 200000, 'RECORDED'),
                (0, 1, 'HALT_POLL', 0, 200000, 300000, 'RECORDED'),
                (0, 1, 'GUEST', 0, 300000, 1000000, 'RECORDED');
            """;

    private static Side read(boolean byFamily) {
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            ReportRunner runner = new ReportRunner(database);
            runner.sql(ROWS);
            SideReader reader = new SideReader(runner, 0);
            return reader.read(reader.facts(), GRID, byFamily);
        }
    }

    @Test
    void eventsBelongToTheCellOfTheirMoment() {
        CellCounts a = read(false).counts().get(0);
        // VM a was known for 500 + 500 us of its two vCPUs in the first cell, 300 + 500 in the second: 0.5 and 0.4 ms
        // of the VM
        assertThat(a.rate("ple_exits").events()).isEqualTo(2);
        assertThat(a.rate("ple_exits").value()).isCloseTo(2 / 0.9e-3, within(1e-6));
        assertThat(a.rate("exits").events()).isEqualTo(4);
        assertThat(a.rate("exits:HLT").events()).isEqualTo(1);
        assertThat(a.rate("context_switches").events()).isEqualTo(2);
    }

    @Test
    void whatHappensAtTheEndOfTheTimeIsLeftOut() {
        assertThat(read(false).counts().get(1).rate("ple_exits").events()).isEqualTo(1);
    }

    @Test
    void vendorsShareFamiliesAndTheNamesOfOtherReasons() {
        CellCounts a = read(true).counts().get(0);
        assertThat(a.measures(Kind.RATE)).contains("exits:HALT", "exits:CPUID").doesNotContain("exits:HLT");
    }

    @Test
    void intervalsAreCutWhereCellsMeet() {
        CellCounts a = read(false).counts().get(0);
        // steal: 100 of 1000 us in the first cell, 300 of 800 in the second
        assertThat(a.share("steal").level(new int[] {1, 0})).isEqualTo(10);
        assertThat(a.share("steal").level(new int[] {0, 1})).isEqualTo(37.5);
        // guest work: 400 + 200, then 500: 1100 of 1800
        assertThat(a.share(CellCounts.OBSERVED).value()).isCloseTo(61.11, within(0.01));
        // in seconds per second of the VM: 1.1 of 0.9 ms
        assertThat(a.rate(CellCounts.THROUGHPUT).value()).isCloseTo(1.2222, within(1e-4));
    }

    @Test
    void aPollThatEndsInSleepIsNoHit() {
        assertThat(read(false).counts().get(0).share("halt_poll_hits").value()).isEqualTo(50);
    }

    @Test
    void lengthsFallIntoSixteenthsOfADoubling() {
        CellCounts a = read(false).counts().get(0);
        assertThat(LengthSeries.total(List.of(a.length("guest_run", 0.5)))[160]).isEqualTo(2);
        assertThat(LengthSeries.total(List.of(a.length("guest_run", 0.5)))[176]).isEqualTo(1);
        assertThat(a.length("off_cpu", 0.5).events()).isEqualTo(1);
    }
}
