package plescope.analysis.report;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class RootCausesReportTest {
    /** Two lock waits (80 us on vCPU 1, 40 us on vCPU 0), one IPI wait of 80 us on nobody in particular, one spin never judged. */
    @Test
    void causesAreRankedBySpinTimeWithTheirCulprit() {
        ReportFixture.check(ReportName.ROOT_CAUSES, Map.of(), """
                INSERT INTO spin_episode VALUES
                    (0, 0, 0, 0, 100, 3, 80000, 64, 'PROGRESS', 'INFERRED', 1, 2),
                    (0, 1, 1, 0, 100, 2, 40000, 64, 'PROGRESS', 'INFERRED', 3, 4),
                    (0, 2, 2, 0, 100, 2, 70000, 64, 'PROGRESS', 'INFERRED', 5, 6),
                    (0, 3, 2, 200, 300, 1, 10000, 64, 'UNKNOWN', 'INFERRED', 7, 7);
                INSERT INTO wait (run, episode, cause, cause_probability, evidence, vcpu, ple_exits, spin_ns, suspect) VALUES
                    (0, 0, 'LOCK', 0.9, 'INFERRED', 0, 3, 80000, 1), (0, 1, 'LOCK', 0.6, 'INFERRED', 1, 2, 40000, 0),
                    (0, 2, 'IPI', 1, 'DIRECT', 2, 2, 70000, NULL);
                INSERT INTO wait_candidate (run, episode, rank, vcpu, probability, release_ns) VALUES (0, 0, 1, 1, 0.7, 90), (0, 0, 2, 2, 0.2, NULL), (0, 1, 1, 0, 0.5, NULL);
                INSERT INTO wait_evidence VALUES (0, 0, 2, 'holder-preempted'), (0, 0, 9, 'holder-resumed'),
                    (0, 1, 3, 'holder-preempted');
                """, """
                vm,cause,evidence,episodes,ple_exits,spin_ns,spin_percent,probability,culprit,culprit_percent,example
                a,LOCK,INFERRED,2,5,120000,60,0.8,a/vcpu1,66.67,"2 holder-preempted, 9 holder-resumed"
                b,IPI,DIRECT,1,2,70000,35,1,,,
                b,NOT JUDGED,INFERRED,1,1,10000,5,,,,
                """);
    }
}
