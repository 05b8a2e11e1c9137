package plescope.replay.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.engine.SimulationSummary.VcpuOutcome;
import plescope.replay.policy.Setting;

/**
 * With a pCPU of its own for every vCPU there is never a second runnable thread: yield_to fails with -ESRCH, nothing is preempted, and
 * neither scheduler nor era nor yield policy may move anything by a nanosecond.
 */
class MatchedHostTest {
    private static final int CASES = 40;

    /** Baseline is a setting of the same kernel age, for halt polling shrinks otherwise since 6.11. */
    @ParameterizedTest
    @CsvSource({
        "cfs-5.6+p2011, cfs-5.6+p2019",
        "cfs-5.6+p2021, cfs-5.6+p2019",
        "cfs-5.6+p2024, cfs-5.6+p2019",
        "cfs-5.6+p2019+debooster, cfs-5.6+p2019",
        "cfs-6.1+p2019+debooster+cgroup-vm-vcpu, cfs-5.6+p2019",
        "eevdf-6.6+p2019, cfs-5.6+p2019",
        "eevdf-6.12+p2024+cgroup-vm, eevdf-6.12+p2019",
        "eevdf-6.12+p2024+debooster, eevdf-6.12+p2019",
        "eevdf-6.18+p2024, eevdf-6.12+p2019",
    })
    void policiesAreInertWithoutOvercommit(String setting, String baseline) {
        long pauseExits = 0;
        for (long seed = 1; seed <= CASES; seed++) {
            SmallHost drawn = SmallHost.matched(seed);
            RecordedSwitches switches = new RecordedSwitches();
            RecordedSwitches expectedSwitches = new RecordedSwitches();
            SimulationSummary summary = run(drawn, setting, switches);
            SimulationSummary expected = run(drawn, baseline, expectedSwitches);
            assertThat(withoutYields(summary)).as("%s, seed %d", setting, seed).isEqualTo(withoutYields(expected));
            assertThat(switches.all).as("%s, seed %d", setting, seed).isEqualTo(expectedSwitches.all);
            pauseExits +=
                    expected.vcpus().stream().mapToLong(VcpuOutcome::pauseExits).sum();
        }
        // There was something to be inert about.
        assertThat(pauseExits).isGreaterThan(20L * CASES);
    }

    /** Eras differ in how often they try, and no try has an effect. */
    private static SimulationSummary withoutYields(SimulationSummary summary) {
        List<VcpuOutcome> outcomes =
                summary.vcpus().stream().map(MatchedHostTest::withoutYields).toList();
        return new SimulationSummary(
                summary.elapsedNs(),
                summary.endedBy(),
                summary.events(),
                summary.brokenEdges(),
                outcomes,
                summary.vms());
    }

    private static VcpuOutcome withoutYields(VcpuOutcome outcome) {
        assertThat(outcome.yieldsSucceeded()).isZero();
        return new VcpuOutcome(
                outcome.finished(),
                outcome.workNs(),
                outcome.guestNs(),
                outcome.spinNs(),
                outcome.pauseExits(),
                0,
                0,
                outcome.stealNs(),
                outcome.switches(),
                outcome.migrations(),
                outcome.halts());
    }

    private static SimulationSummary run(SmallHost drawn, String setting, RecordedSwitches switches) {
        return HostSimulator.run(drawn.work(), drawn.host(), Setting.parse(setting), drawn.seed(), switches);
    }
}
