package plescope.analysis.report;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class QualityReportTest {
    /**
     * VM a is unknown for 100 of 1000 ns and inferred for 300; it spins for 100 ns, 25 of them for no known cause and 75 by symbol. The
     * log has exits of guests that never halt, and no switches.
     */
    @Test
    void lossesGuessesAndWhatIsMissingStandTogether() {
        ReportFixture.check(ReportName.QUALITY, Map.of(), """
                INSERT INTO trace VALUES ('log', 'ftrace', 'SVM', 10, 9, 7, 0, 1000, 1000, NULL, NULL, NULL);
                INSERT INTO diagnostic VALUES
                    ('PLE-302', 'NOTICE', 4, 'log', 9, 1, 'later', 'hint'), ('PLE-302', 'NOTICE', 4, 'log', 3, 1, 'first', 'hint');
                INSERT INTO vcpu_interval VALUES
                    (0, 0, 'UNKNOWN', NULL, 0, 100, 'INFERRED'), (0, 0, 'SPINNING', 0, 100, 400, 'INFERRED'),
                    (0, 1, 'GUEST', 1, 0, 600, 'RECORDED');
                INSERT INTO spin_episode VALUES
                    (0, 0, 0, 0, 100, 3, 25, 64, 'PROGRESS', 'INFERRED', 1, 2), (0, 1, 1, 0, 100, 1, 75, 64, 'PREEMPTED', 'INFERRED', 3, 4);
                INSERT INTO wait VALUES
                    (0, 0, 'UNKNOWN', 0.2, 'INFERRED', 0.5, TRUE, NULL, 1, 1, NULL, 'UNKNOWN', 0, 3, 25, NULL, NULL),
                    (0, 1, 'LOCK', 1, 'DIRECT', 1.5, FALSE, 0, 0, NULL, 0.8, 'NO', 1, 1, 75, NULL, NULL);
                INSERT INTO tracepoint VALUES ('kvm_exit', 5), ('kvm_pv_eoi', 1);
                INSERT INTO report_need VALUES
                    ('exits', 'kvm_exit', 'kvm_exit', TRUE, FALSE, 'why guests exit'),
                    ('root-causes', 'kvm_eoi', 'kvm_pv_eoi', FALSE, FALSE, 'when IPIs were done'),
                    ('wake-ups', 'sched_waking', 'sched_wakeup', FALSE, TRUE, 'who woke them'),
                    ('yields', 'sched_switch', 'sched_switch', FALSE, FALSE, 'who ran next');
                """, """
                topic,fact,value,unit,meaning
                loss,events lost,7,count,vCPUs are unknown from a loss to their next event
                notice,PLE-302,4,count,first
                time,unknown of a,10,percent,time of its vCPUs about which the log says nothing
                time,inferred of a,30,percent,"time of its vCPUs whose state is deduced, such as where spinning began"
                spin,cause unknown in a,25,percent,spin time that nothing explains
                spin,cause inferred in a,25,percent,spin time whose cause only timing tells; symbols of the guest would name it
                spin,culprit unsure in a,25,percent,spin time in which no vCPU is believed to be the one waited for
                identity,VMs by tgid,2,count,which vCPU belongs to which VM follows from process ids
                lack,sched_switch,,partial,yields: who ran next
                """);
    }
}
