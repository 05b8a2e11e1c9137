package plescope.analysis.report;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class WhatIfReportTest {
    /**
     * Useful work per time of VM a: recorded 500/1000 = 0.5; identity 0.52, so its error is 4 %; the policies 0.53 (ratio 1.0192, below
     * the error) and 0.65 (ratio 1.25); the oracle 0.78. Headroom: (0.65 - 0.52) / (0.78 - 0.52) = 50 %. VM b is not in the replays.
     * Counts are per second: one PLE exit in the recorded 1 ms, 12 switches in the 2 ms of run 3.
     */
    @Test
    void differencesBelowTheIdentityErrorAreNotDistinguishable() {
        ReportFixture.check(ReportName.WHAT_IF, Map.of(), """
                DELETE FROM vcpu WHERE vm = 1;
                DELETE FROM vm WHERE vm = 1;
                INSERT INTO run VALUES (1, 'cfs-6.1+p2019', 'IDENTITY', 7, 1000), (2, 'cfs-6.1+p2024', 'POLICY', 7, 1000),
                    (3, 'cfs-6.1+debooster', 'POLICY', 7, 2000000), (4, 'waitfor-oracle', 'ORACLE', 7, 1000);
                INSERT INTO vcpu_interval VALUES
                    (0, 0, 'PREEMPTED', 0, 0, 500, 'RECORDED'), (0, 0, 'GUEST', 0, 500, 1000, 'RECORDED'),
                    (1, 0, 'PREEMPTED', 0, 0, 480, 'SYNTHETIC'), (1, 0, 'GUEST', 0, 480, 1000, 'SYNTHETIC'),
                    (2, 0, 'WAITING', 0, 0, 470, 'SYNTHETIC'), (2, 0, 'GUEST', 0, 470, 1000, 'SYNTHETIC'),
                    (3, 0, 'HOST', 0, 0, 350, 'SYNTHETIC'), (3, 0, 'GUEST', 0, 350, 1000, 'SYNTHETIC'),
                    (4, 0, 'HOST', 0, 0, 220, 'SYNTHETIC'), (4, 0, 'GUEST', 0, 220, 1000, 'SYNTHETIC');
                INSERT INTO directed_yield
                    (run, episode, spinner, pcpu, exit_ns, outcome, successor_vcpu, successor_tid, off_cpu_ns,
                    back_before_progress, hit_culprit, line) VALUES (0, 0, 0, 0, 400, 'SIBLING', 1, 11, 9, 'NO', 'YES', 2);
                INSERT INTO run_metric VALUES (3, 0, 'context_switches', 12, 'count');
                """, """
                run,setting,role,seed,vm,throughput_ratio,identity_error_percent,headroom_percent,verdict,ple_exits_per_s,\
                sibling_yields_per_s,context_switches_per_s,steal_percent
                0,recorded,RECORDED,,a,0.9615,4,,measured,1000,1000,,50
                1,cfs-6.1+p2019,IDENTITY,7,a,1,4,0,reference,0,0,,48
                2,cfs-6.1+p2024,POLICY,7,a,1.0192,4,3.8,not distinguishable,0,0,,47
                3,cfs-6.1+debooster,POLICY,7,a,1.25,4,50,faster,0,0,6000,0
                4,waitfor-oracle,ORACLE,7,a,1.5,4,100,faster,0,0,,0
                """);
    }

    /** Nobody was seen spinning, perhaps only because PLE was off: such a log cannot say what a policy would bring. */
    @Test
    void aLogWithoutPleExitsCannotAnswer() {
        ReportFixture.check(ReportName.WHAT_IF, Map.of(), """
                DELETE FROM vcpu WHERE vm = 1;
                DELETE FROM vm WHERE vm = 1;
                DELETE FROM directed_yield;
                INSERT INTO run VALUES (1, 'cfs-6.1+no-ple', 'IDENTITY', 7, 1000), (2, 'cfs-6.1+p2019', 'POLICY', 7, 1000);
                INSERT INTO vcpu_interval VALUES
                    (0, 0, 'GUEST', 0, 0, 1000, 'RECORDED'), (1, 0, 'GUEST', 0, 0, 1000, 'SYNTHETIC'),
                    (2, 0, 'GUEST', 0, 0, 1000, 'SYNTHETIC');
                """, """
                run,setting,role,seed,vm,throughput_ratio,identity_error_percent,headroom_percent,verdict,ple_exits_per_s,\
                sibling_yields_per_s,context_switches_per_s,steal_percent
                0,recorded,RECORDED,,a,1,0,,measured,0,0,,0
                1,cfs-6.1+no-ple,IDENTITY,7,a,1,0,,reference,0,0,,0
                2,cfs-6.1+p2019,POLICY,7,a,1,0,,spin not recorded,0,0,,0
                """);
    }
}
