package plescope.analysis.report;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class SummaryReportTest {
    /** Guest mode: 300 work + 100 spin, so 25 %; steal 100 of 600 ns. */
    @Test
    void saysWhatTheTraceIsAndWhatItHolds() {
        ReportFixture.check(ReportName.SUMMARY, Map.of(), """
                INSERT INTO trace VALUES ('t.txt', 'perf script', 'SVM', 9, 8, 3, 5000, 1500000, 1000, NULL, '5.10', NULL);
                INSERT INTO diagnostic VALUES ('PLE-101', 'ERROR', 4, 't.txt', 1, 1, 'm', 'h'),
                    ('PLE-101', 'ERROR', 4, 't.txt', 2, 1, 'm', 'h'), ('PLE-102', 'ERROR', 1, 't.txt', 3, 1, 'm', 'h');
                INSERT INTO vcpu_interval VALUES
                    (0, 0, 'GUEST', 0, 0, 300, 'RECORDED'), (0, 0, 'SPINNING', 0, 300, 400, 'RECORDED'),
                    (0, 0, 'PREEMPTED', 0, 400, 500, 'RECORDED'), (0, 0, 'BLOCKED', 0, 500, 600, 'RECORDED');
                INSERT INTO vm_exit VALUES (0, 0, 0, 400, 410, 0, 64, 400, NULL, 2), (0, 0, 0, 500, 510, 1, 64, 90, NULL, 3);
                INSERT INTO spin_episode VALUES (0, 0, 0, 300, 400, 1, 100, 64, 'PROGRESS', 'INFERRED', 2, 2);
                INSERT INTO directed_yield
                    (run, episode, spinner, pcpu, exit_ns, outcome, successor_vcpu, successor_tid, off_cpu_ns,
                    back_before_progress, hit_culprit, line) VALUES (0, 0, 0, 0, 400, 'SIBLING', 1, 11, 9, 'NO', 'YES', 2);
                INSERT INTO wait (run, episode, cause, cause_probability, evidence, vcpu, ple_exits, spin_ns)
                    VALUES (0, 0, 'LOCK', 0.9, 'INFERRED', 0, 1, 100);
                """, """
                topic,fact,value,unit
                trace,source,t.txt,
                trace,producer,perf script,
                trace,virtualisation,SVM,
                trace,kernel,"5.10 or later, by spelling",
                trace,span,1.5,ms
                trace,events,8,count
                trace,events lost,3,count
                trace,lines not understood,5,count
                machines,VMs,2,count
                machines,vCPUs,3,count
                machines,pCPUs,2,count
                exits,all,2,count
                exits,PLE,1,count
                spin,episodes,1,count
                spin,of time in guest mode,25.0,percent
                spin,for LOCK,100.0,percent
                yields,spinner went on at once,0.0,percent
                yields,sibling ran next,100.0,percent
                yields,the one waited for ran next,100.0,percent
                time,steal,16.67,percent
                time,unknown,0,percent
                replays,stored,0,count
                """);
    }
}
