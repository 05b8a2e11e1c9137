package plescope.analysis.report;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class HotspotsReportTest {
    /**
     * VM a: three exits at one known function (two addresses of it), VM b: one exit at an unknown address. Spin 90 us and 30 us.
     */
    @Test
    void addressesOfOneFunctionAreOnePlace() {
        ReportFixture.check(ReportName.HOTSPOTS, Map.of(), """
                INSERT INTO symbol VALUES (0, -2130706304, 'native_queued_spin_lock_slowpath', 12),
                    (0, -2130706300, 'native_queued_spin_lock_slowpath', 16);
                INSERT INTO vm_exit VALUES
                    (0, 0, 0, 1000, 2000, 0, -2130706304, 500, NULL, 1),
                    (0, 0, 0, 3000, 4000, 0, -2130706300, 500, NULL, 2),
                    (0, 1, 1, 5000, 6000, 0, -2130706304, 500, NULL, 3),
                    (0, 1, 1, 7000, 8000, 1, -2130706304, 500, NULL, 4),
                    (0, 2, 0, 9000, 9500, 0, 4096, 500, NULL, 5);
                INSERT INTO spin_episode VALUES
                    (0, 0, 0, 0, 4000, 2, 50000, -2130706304, 'PROGRESS', 'INFERRED', 1, 2),
                    (0, 1, 1, 0, 6000, 1, 40000, -2130706304, 'PROGRESS', 'INFERRED', 3, 3),
                    (0, 2, 2, 0, 9500, 1, 30000, 4096, 'PROGRESS', 'INFERRED', 5, 5);
                """, """
                vm,place,ple_exits,exits_percent,spin_ns,spin_percent,vcpus,addresses,first_line
                a,native_queued_spin_lock_slowpath,3,75,90000,75,2,2,1
                b,0x1000,1,25,30000,25,1,1,5
                """);
    }
}
