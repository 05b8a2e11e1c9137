package plescope.analysis.report;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class VcpusReportTest {
    /** vCPU 0 over 1000 ns: 400 guest, 100 spinning, 200 host, 200 preempted, 50 waiting, 50 unknown; only the last is inferred. */
    @Test
    void sharesSumToAHundred() {
        ReportFixture.check(ReportName.VCPUS, Map.of(), """
                INSERT INTO vcpu_interval VALUES
                    (0, 0, 'GUEST', 0, 0, 400, 'RECORDED'), (0, 0, 'SPINNING', 0, 400, 500, 'RECORDED'),
                    (0, 0, 'HOST', 0, 500, 700, 'RECORDED'), (0, 0, 'PREEMPTED', 0, 700, 900, 'RECORDED'),
                    (0, 0, 'WAITING', 0, 900, 950, 'RECORDED'), (0, 0, 'UNKNOWN', NULL, 950, 1000, 'INFERRED'),
                    (0, 2, 'BLOCKED', NULL, 0, 750, 'RECORDED'), (0, 2, 'HALT_POLL', 1, 750, 1000, 'RECORDED');
                """, """
                vcpu,tid,observed_ns,guest,spinning,host,halt_poll,preempted,waiting,blocked,unknown,steal,inferred
                a/vcpu0,10,1000,40,10,20,0,20,5,0,5,25,5
                b/vcpu0,20,1000,0,0,0,25,0,0,75,0,0,0
                """);
    }
}
