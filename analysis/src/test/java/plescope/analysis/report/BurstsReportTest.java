package plescope.analysis.report;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class BurstsReportTest {
    /** VM a: exits at 50, 120 and 400, 450, 500 us. VM b: exits at 10 and 30 us. Spin time per exit: 40, 30 and 20 us. */
    private static final String SPIN = """
            INSERT INTO spin_episode VALUES
                (0, 0, 0, 0, 130000, 2, 80000, -2130706304, 'PROGRESS', 'INFERRED', 5, 6),
                (0, 1, 1, 390000, 500000, 3, 90000, -2130706304, 'PROGRESS', 'INFERRED', 7, 9),
                (0, 2, 2, 0, 30000, 2, 40000, 4096, 'UNKNOWN', 'INFERRED', 3, 4);
            INSERT INTO directed_yield
                    (run, episode, spinner, pcpu, exit_ns, outcome, successor_vcpu, successor_tid, off_cpu_ns,
                    back_before_progress, hit_culprit, line, spin_ns) VALUES
                (0, 0, 0, 0, 50000, 'NO_SWITCH', NULL, NULL, 0, 'YES', 'NO', 5, 40000),
                (0, 0, 0, 0, 120000, 'NO_SWITCH', NULL, NULL, 0, 'YES', 'NO', 6, 40000),
                (0, 1, 1, 1, 400000, 'NO_SWITCH', NULL, NULL, 0, 'YES', 'NO', 7, 30000),
                (0, 1, 1, 1, 450000, 'NO_SWITCH', NULL, NULL, 0, 'YES', 'NO', 8, 30000),
                (0, 1, 1, 1, 500000, 'NO_SWITCH', NULL, NULL, 0, 'NO', 'NO', 9, 30000),
                (0, 2, 2, 0, 10000, 'NO_SWITCH', NULL, NULL, 0, 'YES', 'NO', 3, 20000),
                (0, 2, 2, 0, 30000, 'NO_SWITCH', NULL, NULL, 0, 'YES', 'NO', 4, 20000);
            """;

    /** The burst of three comes first; of the two bursts of two, the one that burnt 80 us stands before the one of 40 us. */
    @Test
    void theWorstBurstOfAllVmsComesFirst() {
        ReportFixture.check(ReportName.BURSTS, Map.of("min_exits", "2"), SPIN, """
                vm,burst,start_ns,length_ns,exits,vcpus,vcpu_numbers,spin_ns,first_line
                a,2,400000,100000,3,1,1,90000,7
                a,1,50000,70000,2,1,0,80000,5
                b,1,10000,20000,2,1,0,40000,3
                """);
    }

    /** With gaps of up to 300 us VM a has one burst, of both its vCPUs: 2 x 40 + 3 x 30 = 170 us burnt. */
    @Test
    void aBurstNamesTheVcpusThatTookPart() {
        ReportFixture.check(ReportName.BURSTS, Map.of("max_gap_us", "300"), SPIN, """
                vm,burst,start_ns,length_ns,exits,vcpus,vcpu_numbers,spin_ns,first_line
                a,1,50000,450000,5,2,0 1,170000,5
                """);
    }
}
