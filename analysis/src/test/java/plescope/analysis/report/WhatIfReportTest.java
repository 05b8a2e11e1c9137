package plescope.analysis.report;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class WhatIfReportTest {
    private static final String RUNS = """
            INSERT INTO run VALUES (1, 'cfs-6.1+p2019', 'IDENTITY', 7, 1000), (2, 'cfs-6.1+no-ple', 'POLICY', 7, 1000);
            """;

    /** Throughput alone, VM by VM in the order asked; the host's row and other measures are elsewhere. Costs come in their order. */
    @Test
    void throughputOfEachVmWithWhatItsTrustRestsOn() {
        ReportFixture.check(ReportName.WHAT_IF, Map.of(), RUNS + """
                INSERT INTO prediction VALUES
                    (2, 1, 'throughput', 's/s', 0.5, 0.4, 0.2, 0.5, 0.45, 0.55, 0.61, 0.4, -0.2, 0.25, 1, 2, NULL, 'slower'),
                    (1, 0, 'throughput', 's/s', 0.5, 0.5, 0.5, 1, 1, 1, 1, 1, 0.0123, 0.0124, 1, 1, 0, 'reference'),
                    (2, 0, 'throughput', 's/s', 0.5, 0.5, 0.6, 1.2, 1.1, 1.3, 1.2, 1.25, 0, 0.3, 1, 1, 0.2, 'not distinguishable'),
                    (2, 0, 'ple_exits', '1/s', 9, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, NULL, 'lower'),
                    (2, NULL, 'throughput', 's/s', 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, NULL, 'not distinguishable');
                """, """
                setting,vm,ratio,low,high,costs_low,costs_high,error_percent,smallest_percent,reached_percent,verdict
                cfs-6.1+p2019,a,1,1,1,1,1,1.2,1.2,0,reference
                cfs-6.1+no-ple,a,1.2,1.1,1.3,1.2,1.25,0,30,20,not distinguishable
                cfs-6.1+no-ple,b,0.5,0.45,0.55,0.4,0.61,-20,25,,slower
                """);
    }

    @Test
    void predictionsHoldEveryMeasureOfEveryVmAndTheHost() {
        ReportFixture.check(ReportName.PREDICTIONS, Map.of(), RUNS + """
                INSERT INTO prediction VALUES
                    (2, NULL, 'throughput', 's/s', 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0.9, 1, NULL, 'not distinguishable'),
                    (2, 0, 'ple_exits', '1/s', 9, 8, 0, 0, 0, 0, 0, 0, -0.1111, 0.125, 1, 1, NULL, 'lower');
                """, """
                run,setting,vm,measure,unit,recorded,identity,predicted,ratio,low,high,costs_halved,costs_doubled,\
                identity_error_percent,smallest_difference_percent,stability_percent,place,reached_percent,verdict
                2,cfs-6.1+no-ple,a,ple_exits,1/s,9,8,0,0,0,0,0,0,-11.1,12.5,100,1,,lower
                2,cfs-6.1+no-ple,host,throughput,s/s,1,1,1,1,1,1,1,1,0,0,90,1,,not distinguishable
                """);
    }

    /** One row per VM from the identity's predictions: errors in percent of the recorded, cause and edges as counted. */
    @Test
    void trustIsWhatTheIdentityReplayMisses() {
        ReportFixture.check(ReportName.TRUST, Map.of(), RUNS + """
                INSERT INTO run_metric VALUES (1, NULL, 'broken_edges', 3, 'count'), (1, NULL, 'trials', 10, 'count'),
                    (2, NULL, 'broken_edges', 99, 'count');
                INSERT INTO wake_edge VALUES
                    (0, 0, 10, 20, 'UNKNOWN', NULL, NULL, NULL), (0, 0, 30, 40, 'TIMER', NULL, NULL, NULL),
                    (0, 0, 50, 60, 'TIMER', NULL, NULL, NULL), (0, 0, 70, 80, 'IPI', 1, 251, 7);
                INSERT INTO prediction VALUES
                    (1, 0, 'throughput', 's/s', 0.5, 0.4, 0.4, 1, 1, 1, 1, 1, -0.2, 0.25, 1, 1, 0, 'reference'),
                    (1, 0, 'ple_exits', '1/s', 100, 112, 112, 1, 1, 1, 1, 1, 0.12, 0.12, 1, 1, 0, 'reference'),
                    (1, 0, 'unknown_cause_percent', '%', 4.26, 0, 0, 1, 1, 1, 1, 1, -1, 0, 1, 1, 0, 'reference'),
                    (2, 0, 'throughput', 's/s', 0.5, 0.4, 0.9, 2, 2, 2, 2, 2, 0.7, 0.25, 1, 1, 0, 'faster');
                """, """
                vm,throughput_percent,ple_exits_percent,switches_percent,bursts_percent,lock_wait_percent,ipi_wait_percent,\
                steal_percent,unknown_cause_percent,unknown_wakeups_percent,broken_edges,trials
                a,-20,12,,,,,,4.3,25,3,10
                """);
    }
}
