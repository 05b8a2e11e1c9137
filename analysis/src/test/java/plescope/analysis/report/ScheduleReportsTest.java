package plescope.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import plescope.analysis.store.TraceDatabase;

/** Reports about who had which pCPU when: steal, stacking, halt polling and IPI latency. */
final class ScheduleReportsTest {
    /**
     * pCPU 0 in 400 ns: a/vcpu0 until 100, a/vcpu1 spinning until 150 and leaving until 160, b/vcpu0 until 220, thread 99 until
     * 280, idle until 300, a/vcpu0 again until 400.
     */
    private static final String ONE_PCPU = """
            INSERT INTO vcpu_interval VALUES
                (0, 0, 'GUEST', 0, 0, 100, 'RECORDED'), (0, 0, 'PREEMPTED', 0, 100, 300, 'RECORDED'),
                (0, 0, 'GUEST', 0, 300, 400, 'RECORDED'),
                (0, 1, 'PREEMPTED', 0, 0, 100, 'RECORDED'), (0, 1, 'SPINNING', 0, 100, 150, 'RECORDED'),
                (0, 1, 'HOST', 0, 150, 160, 'RECORDED'), (0, 1, 'PREEMPTED', 0, 160, 400, 'RECORDED'),
                (0, 2, 'BLOCKED', NULL, 0, 160, 'RECORDED'), (0, 2, 'GUEST', 0, 160, 220, 'RECORDED'),
                (0, 2, 'BLOCKED', NULL, 220, 400, 'RECORDED');
            INSERT INTO context_switch VALUES
                (0, 0, 0, 0, 10), (0, 0, 100, 10, 11), (0, 0, 160, 11, 20), (0, 0, 220, 20, 99), (0, 0, 280, 99, 0),
                (0, 0, 300, 0, 10), (0, 0, 400, 10, 0);
            INSERT INTO pcpu_stay VALUES (0, 0, 0, 0, 400), (0, 1, 0, 0, 400), (0, 2, 0, 160, 220);
            INSERT INTO pcpu_wait VALUES
                (0, 0, 0, 1, NULL, 60, 50), (0, 0, 0, 2, NULL, 60, 0), (0, 0, 0, NULL, 99, 60, 0), (0, 0, 0, NULL, 0, 20, 0),
                (0, 0, 0, NULL, 11, 60, 0), (0, 0, 0, NULL, 20, 60, 0),
                (0, 1, 0, 0, NULL, 200, 0), (0, 1, 0, 2, NULL, 60, 0), (0, 1, 0, NULL, 99, 60, 0), (0, 1, 0, NULL, 0, 20, 0),
                (0, 1, 0, NULL, 10, 200, 0), (0, 1, 0, NULL, 20, 60, 0);
            """;

    /**
     * a/vcpu0 stands ready from 100 to 300: 60 ns behind its sibling, 60 behind b, 60 behind the thread, 20 behind idle. a/vcpu1 does
     * for 100 and 240 ns of 400, of which 200 behind its sibling, 60 behind b, 60 behind the thread, 20 behind idle.
     */
    @Test
    void stealSaysWhoHadThePcpu() {
        ReportFixture.check(ReportName.STEAL, Map.of(), ONE_PCPU, """
                vcpu,steal_ns,steal_percent,preempted_ns,waiting_ns,longest_ns,sibling,other_vm,thread,idle,unknown
                a/vcpu1,340,85,340,0,240,58.82,17.65,17.65,5.88,0
                a/vcpu0,200,50,200,0,200,30,30,30,10,0
                b/vcpu0,0,0,0,0,,,,,,
                """);
    }

    /** From 100 to 200 a/vcpu0 is ready throughout, 60 ns behind its sibling; a/vcpu1 the last 40 ns, behind b. */
    @Test
    void intervalsAreCutAtTheEdgesOfTheChosenTime() {
        RowFilter time = new RowFilter(100, 200, List.of("a"), List.of(), List.of(), List.of());
        assertThat(filtered(ReportName.STEAL, time)).isEqualTo("""
                vcpu,steal_ns,steal_percent,preempted_ns,waiting_ns,longest_ns,sibling,other_vm,thread,idle,unknown
                a/vcpu0,100,100,100,0,100,60,40,0,0,0
                a/vcpu1,40,40,40,0,40,0,100,0,0,0
                """);
    }

    /** Of 540 ns ready, vCPU 1 spends 200 behind vCPU 0 and vCPU 0 spends 60 behind vCPU 1, which spins for 50 of them. */
    @Test
    void stackingIsWaitingBehindASibling() {
        ReportFixture.check(ReportName.STACKING, Map.of(), ONE_PCPU, """
                vm,pcpu,ready_ns,behind_sibling_ns,behind_sibling_percent,behind_spinner_percent,most
                a,0,540,260,48.15,9.26,2
                b,0,0,0,,,1
                """);
    }

    /** One comes at the moment the other leaves. */
    @Test
    void siblingsOneAfterTheOtherAreNotStacked() {
        ReportFixture.check(
                ReportName.STACKING,
                Map.of(),
                "INSERT INTO pcpu_stay VALUES (0, 1, 0, 100, 200), (0, 0, 0, 0, 100);",
                """
                vm,pcpu,ready_ns,behind_sibling_ns,behind_sibling_percent,behind_spinner_percent,most
                a,0,0,0,,,1
                """);
    }

    /** One poll of 1 us ends in work, one of 3 us in blocking for 10 us; 2 us later it runs. */
    @Test
    void aPollThatEndsInBlockingIsInVain() {
        ReportFixture.check(ReportName.HALT_POLLING, Map.of(), """
                INSERT INTO vcpu_interval VALUES
                    (0, 0, 'HALT_POLL', 0, 0, 1000, 'RECORDED'), (0, 0, 'GUEST', 0, 1000, 2000, 'RECORDED'),
                    (0, 0, 'HALT_POLL', 0, 2000, 5000, 'RECORDED'), (0, 0, 'BLOCKED', NULL, 5000, 15000, 'RECORDED'),
                    (0, 0, 'WAITING', 0, 15000, 17000, 'RECORDED'), (0, 0, 'GUEST', 0, 17000, 18000, 'RECORDED');
                INSERT INTO vm_exit VALUES
                    (0, 0, 0, 0, 1000, 1, 64, NULL, NULL, 1), (0, 0, 0, 2000, 17000, 1, 64, NULL, NULL, 2);
                """, """
                vcpu,halts,polls,hits,hit_percent,poll_ns,vain_percent,blocks,block_us,to_run_us
                a/vcpu0,2,2,1,50,4000,75,1,10,2
                """);
    }

    /** Two IPIs meet a receiver without a pCPU and take 20 and 10 us, p99 = 10 + 0.99 x 10; a third meets it spinning, unanswered. */
    @Test
    void latencyIsToldByWhatTheReceiverWasDoing() {
        ReportFixture.check(ReportName.IPI_LATENCY, Map.of(), ONE_PCPU + """
                INSERT INTO ipi VALUES
                    (0, 0, 1, 251, 50, 20050, 7, 8, 'PREEMPTED'), (0, 0, 1, 251, 60, 10060, 9, 10, 'PREEMPTED'),
                    (0, 0, 1, 252, 120, NULL, 11, NULL, 'SPINNING');
                """, """
                vm,vector,receiver,ipis,percent,unseen,p50_us,p99_us,max_us,late_percent,worst_line
                a,251,PREEMPTED,2,66.67,0,15,19.9,20,100,7
                a,252,SPINNING,1,33.33,1,,,,,11
                """);
    }

    /** 4 % off is within the goal of 5 %, 40 % off not within 30 %; where nothing is aimed at, nothing is met. */
    @Test
    void fidelityHoldsTheIdentityReplayAgainstItsGoals() {
        ReportFixture.check(ReportName.FIDELITY, Map.of(), """
                INSERT INTO run VALUES (1, 'eevdf-6.12+p2021', 'IDENTITY', 1, 1000000);
                INSERT INTO prediction VALUES
                    (1, 0, 'throughput', 'share', 0.5, 0.52, 0.52, 1, 1, 1, 1, 1, 0.04, 0.1, 1, 1, 0, 'reference'),
                    (1, 0, 'ple_exits', '1/s', 100, 60, 60, 1, 1, 1, 1, 1, -0.4, 0.5, 1, 1, 0, 'reference'),
                    (1, 0, 'burst_mean', 'exits', 2, 3, 3, 1, 1, 1, 1, 1, 0.5, 0.5, 1, 1, 0, 'reference');
                """, """
                vm,measure,unit,recorded,replayed,error_percent,goal_percent,within
                a,burst_mean,exits,2,3,50,,
                a,ple_exits,1/s,100,60,-40,30,false
                a,throughput,share,0.5,0.52,4,5,true
                """);
    }

    private static String filtered(ReportName report, RowFilter filter) {
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            ReportRunner runner = new ReportRunner(database);
            runner.sql(ReportFixture.MACHINES + ONE_PCPU);
            ReportTable table = runner.sql(Report.read(report).sql(Map.of(), filter, RowOrder.NONE));
            return new ReportWriter(80).write(table, ReportFormat.CSV).replace("\r\n", "\n");
        }
    }
}
