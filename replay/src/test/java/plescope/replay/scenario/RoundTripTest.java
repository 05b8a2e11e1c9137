package plescope.replay.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.model.Roster;
import plescope.replay.model.VcpuState;
import plescope.replay.model.Wait;
import plescope.replay.scenario.RoundTrip.Score;
import plescope.replay.testing.RecordingScheduleSink;

/**
 * A log whose truth is known, read like any other, without symbols. Bounds lie below what was measured (in brackets) by enough
 * for small changes of inference, and far above chance.
 */
class RoundTripTest {
    private static final int LOCK_VM = 0;
    private static final int IPI_VM = 1;

    /** Rounding to microseconds, and the exits the writer inserts at 0.5 us each. */
    private static final long STATE_TOLERANCE_NS = 500_000;

    private static RoundTrip trip;

    @BeforeAll
    static void read() throws IOException {
        trip = RoundTrip.of(SyntheticSample.run());
    }

    @Test
    void logReadsWithoutComplaint() {
        assertThat(trip.read().diagnostics().kept()).isEmpty();
        assertThat(trip.read().eventCount()).isEqualTo(trip.truth().text().size());
    }

    @Test
    void timelineHasNoContradiction() {
        assertThat(trip.timeline().violations()).isZero();
        assertThat(trip.timeline().backwards()).isZero();
        assertThat(trip.timeline().lostSpans()).isZero();
        assertThat(trip.timeline().entryAfterEntry()).isZero();
        assertThat(trip.timeline().exitAfterExit()).isZero();
        assertThat(trip.timeline().exitWithoutEntry()).isZero();
    }

    @Test
    void vmsAreToldApart() {
        for (Roster.Vcpu vcpu : trip.timeline().roster().vcpus()) {
            Roster.Vcpu real = trip.trueRoster().vcpus().get(trip.trueVcpu(vcpu.index()));
            assertThat(vcpu.vm()).isEqualTo(real.vm());
            assertThat(vcpu.number()).isEqualTo(real.number());
        }
        assertThat(trip.timeline().roster().vcpus())
                .hasSameSizeAs(trip.trueRoster().vcpus());
    }

    @Test
    void everyPauseExitIsCountedAndEveryEpisodeFound() {
        long pauses = trip.truth().summary().vcpus().stream()
                .mapToLong(SimulationSummary.VcpuOutcome::pauseExits)
                .sum();
        assertThat(pauses).isGreaterThan(1_000);
        assertThat(trip.spin().pauseExits()).isEqualTo(pauses);
        assertThat(trip.spin().ipis()).isEqualTo(trip.truth().schedule().ipis.size());
        int real = trip.truth().schedule().episodes.size();
        assertThat(trip.episodesFound()).as("of %d", real).isGreaterThanOrEqualTo(real * 98L / 100);
        assertThat(trip.episodesWithExits()).isBetween(real * 98L / 100, real * 102L / 100);
    }

    @Test
    void statesLastAsLongAsTheyDid() {
        for (Roster.Vcpu vcpu : trip.timeline().roster().vcpus()) {
            same(vcpu, "guest mode", state -> state == VcpuState.GUEST || state == VcpuState.SPINNING);
            same(vcpu, "host", state -> state == VcpuState.HOST);
            same(vcpu, "preempted", state -> state == VcpuState.PREEMPTED);
            same(vcpu, "waiting", state -> state == VcpuState.WAITING);
            same(vcpu, "blocked", state -> state == VcpuState.BLOCKED || state == VcpuState.HALT_POLL);
        }
    }

    private static void same(Roster.Vcpu vcpu, String what, Predicate<VcpuState> states) {
        assertThat(trip.seenNs(vcpu.index(), states))
                .as("%s of %s", what, trip.timeline().roster().label(vcpu.index()))
                .isCloseTo(trip.trueNs(vcpu.index(), states), within(STATE_TOLERANCE_NS));
    }

    @Test
    void spinTimeIsNearTheTruth() {
        // [1.17; of eight seeds 0.98..1.17]
        assertThat(trip.spinRatio(IPI_VM)).isBetween(0.85, 1.25);
        // Too much by what the guest worked between one wait and the next where no exit lies between: [1.39;
        // 1.17..1.39]
        assertThat(trip.spinRatio(LOCK_VM)).isBetween(0.85, 1.5);
    }

    @Test
    void causesAreTold() {
        // [1.00 and 0.997]
        holds(trip.causes(), 0.95, 0.95);
    }

    @Test
    void culpritsAreFound() {
        // [0.97 and 0.97]
        holds(trip.culprits(Wait.Cause.IPI), 0.9, 0.9);
        // [0.68 and 0.67], chance is one in three.
        holds(trip.culprits(Wait.Cause.LOCK), 0.55, 0.55);
    }

    private static void holds(Score score, double precision, double recall) {
        assertThat(score.precision()).as("%s", score).isGreaterThanOrEqualTo(precision);
        assertThat(score.recall()).as("%s", score).isGreaterThanOrEqualTo(recall);
    }

    @Test
    void extractedWorkIsNearTheTruth() {
        for (Roster.Vcpu vcpu : trip.timeline().roster().vcpus()) {
            // [0.64..0.76 of the vCPUs that wait for locks, 0.88..1.01 of the others; of eight seeds 0.64..0.96,
            // 0.88..1.01]
            assertThat(trip.workRatio(vcpu.index()))
                    .as("%s", trip.timeline().roster().label(vcpu.index()))
                    .isBetween(vcpu.vm() == IPI_VM ? 0.85 : 0.6, 1.1);
        }
    }

    @Test
    void replayOfTheExtractedWorkRunsAsFastAsTheOriginal() {
        SimulationSummary replay = HostSimulator.run(
                trip.extracted(),
                ConvoyScenario.host(),
                ConvoyScenario.setting(),
                SyntheticSample.SEED,
                new RecordingScheduleSink());
        // [0.94 and 0.96]
        for (int vm : new int[] {LOCK_VM, IPI_VM}) {
            assertThat(trip.replayedRate(replay, vm) / trip.trueRate(vm))
                    .as("work per second of vm%d, replayed over true", vm)
                    .isBetween(0.8, 1.2);
        }
        assertThat(replay.brokenEdges()).isZero();
    }
}
