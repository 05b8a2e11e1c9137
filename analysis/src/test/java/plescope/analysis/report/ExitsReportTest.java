package plescope.analysis.report;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExitsReportTest {
    /**
     * vCPU 0: its first exit, at 1 us, came before any entry, so perf drops it. Then pause exits of 2 us and 4 us, and one msr exit of
     * 2 us; the exit at 90 us has no entry. Sum 8 us.
     *
     * <p>pause: mean 3, sample deviation sqrt((1 + 1) / 1) = 1.414, standard error 1.414 / sqrt(2) = 1, that is 33.33 % of 3.
     */
    @Test
    void countsAndTimesAsPerfKvmStatDoes() {
        ReportFixture.check(ReportName.EXITS, Map.of(), """
                INSERT INTO vm_exit VALUES
                    (0, 0, 0, 1000, 2000, 0, 0, NULL, NULL, 1),
                    (0, 0, 0, 10000, 12000, 0, 0, 8000, NULL, 2),
                    (0, 0, 0, 20000, 24000, 0, 0, 8000, NULL, 3),
                    (0, 0, 0, 30000, 32000, 2, 0, 6000, NULL, 4),
                    (0, 0, 0, 90000, NULL, 1, 0, 58000, NULL, 5),
                    (1, 0, 0, 50000, 59000, 1, 0, 5000, NULL, NULL);
                """, """
                VM-EXIT,Samples,Samples%,Time%,Min Time,Max Time,Avg time,+- stddev%
                pause,2,66.67,75,2,4,3,33.33
                msr,1,33.33,25,2,2,2,0
                """);
    }

    @Test
    void theRunChoosesTheSchedule() {
        ReportFixture.check(ReportName.EXITS, Map.of("run", "1"), """
                INSERT INTO vm_exit VALUES
                    (0, 0, 0, 10000, 12000, 0, 0, 8000, NULL, 2),
                    (1, 2, 0, 50000, 59000, 1, 0, 5000, NULL, NULL);
                """, """
                VM-EXIT,Samples,Samples%,Time%,Min Time,Max Time,Avg time,+- stddev%
                hlt,1,100,100,9,9,9,0
                """);
    }
}
