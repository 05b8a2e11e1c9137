package example.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.contract.KeptSchedule;
import plescope.replay.contract.PolicyContract;
import plescope.replay.contract.Workloads;
import plescope.replay.engine.HostSimulator;
import plescope.replay.policy.Setting;
import plescope.replay.workload.Workload;

class LongestWaitingPolicyTest {
    @Test
    void keepsTheContract() {
        assertEquals(List.of(), PolicyContract.check("longest-waiting"));
    }

    /** A policy that changes nothing would keep the contract, too. */
    @Test
    void changesWhoRuns() {
        assertNotEquals(rows("cfs-6.1"), rows("cfs-6.1+longest-waiting"));
        assertEquals(rows("cfs-6.1"), rows("cfs-6.1+longest-waiting{after=1000ms}"), "nobody waits so long");
    }

    private static List<Object> rows(String setting) {
        Workload convoy = Workloads.convoy(2, 4, 5_000, 8_000, 40_000, 100_000_000);
        KeptSchedule schedule = new KeptSchedule();
        HostSimulator.run(convoy, Workloads.host(2), Setting.parse(setting), 1, schedule);
        return schedule.rows();
    }
}
