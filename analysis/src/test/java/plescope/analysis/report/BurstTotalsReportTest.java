package plescope.analysis.report;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class BurstTotalsReportTest {
    private static final String SPIN = """
            INSERT INTO spin_episode VALUES
                (0, 0, 0, 0, 200000, 2, 80000, -2130706304, 'PROGRESS', 'INFERRED', 5, 6),
                (0, 1, 1, 90000, 250000, 2, 60000, -2130706304, 'PROGRESS', 'INFERRED', 7, 9),
                (0, 2, 2, 100000, 900000, 2, 40000, 4096, 'UNKNOWN', 'INFERRED', 8, 20);
            INSERT INTO directed_yield
                    (run, episode, spinner, pcpu, exit_ns, outcome, successor_vcpu, successor_tid, off_cpu_ns,
                    back_before_progress, hit_culprit, line, spin_ns) VALUES
                (0, 0, 0, 0, 50000, 'SIBLING', 1, 11, 9000, 'YES', 'YES', 5, 40000),
                (0, 0, 0, 0, 120000, 'NO_SWITCH', NULL, NULL, 0, 'YES', 'NO', 6, 40000),
                (0, 1, 1, 1, 150000, 'OTHER_VM', 2, 20, 5000, 'NO', 'NO', 7, 30000),
                (0, 1, 1, 1, 250000, 'SIBLING', 0, 10, 5000, 'NO', 'UNKNOWN', 9, 30000),
                (0, 2, 2, 0, 110000, 'NO_SWITCH', NULL, NULL, 0, 'YES', 'NO', 8, 20000),
                (0, 2, 2, 0, 800000, 'IDLE', NULL, 0, 5000, 'YES', 'NO', 20, 20000);
            """;

    /**
     * VM a exits at 50, 120, 150 and 250 us: gaps 70, 30, 100 us, all within the limit of 100, so one burst of four; its spin time is
     * 2 x 80/2 + 2 x 60/2 = 140 us. VM b exits at 110 and 800 us: no burst.
     */
    @Test
    void aGapAtTheLimitStillBelongsToTheBurst() {
        ReportFixture.check(ReportName.BURST_TOTALS, Map.of(), SPIN, """
                vm,ple_exits,bursts,in_bursts_percent,median_exits,max_exits,longest_ns,spin_ns,max_vcpus,first_line
                a,4,1,100,4,4,200000,140000,2,5
                b,2,0,0,,,,0,,
                """);
    }

    /** With a limit of 99 us the last exit stands alone: a burst of three, 40 + 40 + 30 us of spin. */
    @Test
    void aLargerGapEndsTheBurst() {
        ReportFixture.check(ReportName.BURST_TOTALS, Map.of("max_gap_us", "99", "min_exits", "2"), SPIN, """
                vm,ple_exits,bursts,in_bursts_percent,median_exits,max_exits,longest_ns,spin_ns,max_vcpus,first_line
                a,4,1,75,3,3,100000,110000,2,5
                b,2,0,0,,,,0,,
                """);
    }
}
