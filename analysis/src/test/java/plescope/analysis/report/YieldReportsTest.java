package plescope.analysis.report;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class YieldReportsTest {
    /**
     * VM a: vCPU 0 waits for vCPU 1 in episode 0, with three exits: switched to the suspect, re-entered while the suspect was ready,
     * and the last, after which it moved on. In episode 1 vCPU 1 has one exit that nobody can explain.
     */
    private static final String YIELDS = """
            INSERT INTO spin_episode VALUES
                (0, 0, 0, 0, 100, 3, 60000, 64, 'PROGRESS', 'INFERRED', 1, 2),
                (0, 1, 1, 0, 100, 1, 40000, 64, 'PREEMPTED', 'INFERRED', 3, 4);
            INSERT INTO wait VALUES
                (0, 0, 'LOCK', 0.9, 'INFERRED', 0.5, FALSE, 0, 1, 1, 0.75, 'YES', 0, 3, 60000, 1, 3000),
                (0, 1, 'LOCK', 0.9, 'INFERRED', 1.5, TRUE, 0, 0, NULL, 0.8, 'NO', 1, 1, 40000, 0, 9000);
            INSERT INTO wait_candidate VALUES
                (0, 0, 1, 1, 0.8, 90, 10, 0, 3000, 5000), (0, 1, 1, 0, 0.4, NULL, 10, 0, 9000, 9000);
            INSERT INTO directed_yield VALUES
                (0, 0, 0, 0, 10, 'SIBLING', 1, 11, 4000, 'YES', 'YES', 1, 'YES', 'HOLDER_RUNNING', 5, 20000, 1),
                (0, 0, 0, 0, 30, 'NO_SWITCH', NULL, NULL, 0, 'YES', 'NO', NULL, 'UNKNOWN', 'LOST_OPPORTUNITY', 6, 20000, 1),
                (0, 0, 0, 0, 60, 'OTHER_VM', 2, 20, 8000, 'NO', 'NO', 1, 'NO', 'NONE', 7, 20000, 1),
                (0, 1, 1, 1, 60, 'UNKNOWN', NULL, NULL, NULL, 'UNKNOWN', 'UNKNOWN', 0, 'NO', 'UNKNOWN', 8, 40000, NULL);
            """;

    /** Three of four exits were continued or may have been, so each is a third of those. */
    @Test
    void continuationsAreCountedPerVm() {
        ReportFixture.check(ReportName.CONTINUATION, Map.of(), YIELDS, """
                vm,continuation,ple_exits,exit_percent,continued_percent,off_cpu_us,first_line
                a,HOLDER_RUNNING,1,25,33.33,4,5
                a,LOST_OPPORTUNITY,1,25,33.33,0,6
                a,NONE,1,25,,8,7
                a,UNKNOWN,1,25,33.33,,8
                """);
    }

    /** Three exits have a target, two of them elsewhere; where the wait has a suspect it is the suspect both times; of three with known sequel one was the last; away (4 + 8) / 2 us. */
    @Test
    void aYieldIsRightWhereItsTargetIsTheSuspect() {
        ReportFixture.check(ReportName.YIELDS, Map.of(), YIELDS, """
                vm,ple_exits,switched,sibling,remote,judged,right_target,right_percent,moved_on_percent,away_us
                a,4,2,1,2,2,2,100,33.33,6
                """);
    }

    /** 60 of 100 us of spinning with a sibling kept waiting; the ambiguous wait gives no residual work. */
    @Test
    void headroomIsSpinWhileASiblingWasKeptWaiting() {
        ReportFixture.check(ReportName.HEADROOM, Map.of(), YIELDS, """
                vm,cause,lock,waits,spin_ns,held_up_percent,contention_percent,ambiguous_percent,ahead,fifo_share,residual_us
                a,LOCK,0,2,100000,60,40,40,0.5,0.8,3
                """);
    }

    /** Two of three wake-ups of VM a by IPI, both from vCPU 1; they took 10 and 30 us to guest mode. */
    @Test
    void wakeUpsAreToldBySource() {
        ReportFixture.check(ReportName.WAKE_UPS, Map.of(), """
                INSERT INTO wake_edge VALUES
                    (0, 0, 1000, 11000, 'IPI', 1, 253, 7), (0, 0, 50000, 80000, 'IPI', 1, 253, 9),
                    (0, 1, 1000, NULL, 'UNKNOWN', NULL, NULL, NULL);
                """, """
                vm,source,wake_ups,percent,to_guest_us,to_guest_p99_us,top_sender,sender_percent
                a,IPI,2,66.67,20,29.8,a/vcpu1,100
                a,UNKNOWN,1,33.33,,,,
                """);
    }
}
