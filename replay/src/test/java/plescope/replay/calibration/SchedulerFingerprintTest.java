package plescope.replay.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plescope.replay.engine.HostSimulator;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.Origin;
import plescope.replay.model.Tristate;
import plescope.replay.policy.Setting;
import plescope.replay.scenario.ConvoyScenario;
import plescope.replay.workload.Workload;

class SchedulerFingerprintTest {
    private static final Workload WORK = new ConvoyScenario(3, 300_000_000).workload();

    private static RecordedHost host(boolean assumed, YieldTally yields) {
        return new RecordedHost(
                ConvoyScenario.host(),
                new RecordedSetting("eevdf-6.12.y+p2021", Origin.INFERRED, assumed, "assumed"),
                yields);
    }

    /** What a run under one seed left is recognised by replays under another; how clearly depends on the seeds. */
    @ParameterizedTest
    @ValueSource(strings = {"cfs-6.1+p2019", "eevdf-6.12.y+p2021"})
    void theSchedulerIsKnownByWhoRanAfterPleExits(String setting) {
        YieldTally yields = new YieldTally();
        HostSimulator.run(WORK, ConvoyScenario.host(), Setting.parse(setting), 11, yields);
        RecordedHost settled = SchedulerFingerprint.settle(host(true, yields), candidate -> WORK, 1);
        assertThat(settled.setting().setting()).isEqualTo(setting);
        assertThat(settled.setting().reason()).startsWith("siblings ran after ").contains("under cfs-6.1+p2019");
    }

    /** The replay that is the recorded run itself misses nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"cfs-6.1+p2019", "eevdf-6.12.y+p2021"})
    void anExactMatchIsNoAssumption(String setting) {
        YieldTally yields = new YieldTally();
        HostSimulator.run(WORK, ConvoyScenario.host(), Setting.parse(setting), 1, yields);
        RecordedSetting told = SchedulerFingerprint.settle(host(true, yields), candidate -> WORK, 1)
                .setting();
        assertThat(told.setting()).isEqualTo(setting);
        assertThat(told.assumed()).isFalse();
    }

    @Test
    void aSettingThatTheTextTellsStands() {
        YieldTally yields = new YieldTally();
        HostSimulator.run(WORK, ConvoyScenario.host(), Setting.parse("cfs-6.1+p2019"), 11, yields);
        RecordedHost told = host(false, yields);
        assertThat(SchedulerFingerprint.settle(told, candidate -> WORK, 1)).isSameAs(told);
    }

    /** Four of eight exits keep the pCPU; the others are away for 100 us here, for 3 ms there: apart by half of all. */
    @Test
    void absencesAreToldApartByTheirDistribution() {
        YieldTally soon = new YieldTally();
        YieldTally late = new YieldTally();
        for (int i = 0; i < 8; i++) {
            soon.directedYield(away(i < 4 ? 0 : 100_000));
            late.directedYield(away(i < 4 ? 0 : 3_000_000));
        }
        assertThat(soon.absencesApartPermille(late)).isEqualTo(500);
        assertThat(soon.absencesApartPermille(soon)).isZero();
        assertThat(soon.absencesApartPermille(new YieldTally())).isZero();
    }

    /** Siblings ran as often under both, so only the absences speak: those of CFS, however many exits went to siblings. */
    @Test
    void absencesSpeakWhereSuccessorsDoNot() {
        YieldTally cfs = new YieldTally();
        HostSimulator.run(WORK, ConvoyScenario.host(), Setting.parse("cfs-6.1+p2019"), 1, cfs);
        YieldTally late = new YieldTally();
        HostSimulator.run(WORK, ConvoyScenario.host(), Setting.parse("eevdf-6.12.y+p2021"), 1, late);
        assertThat(cfs.absencesApartPermille(late)).isGreaterThan(SchedulerFingerprint.CLEAR_PERMILLE);
    }

    private static DirectedYield away(long ns) {
        return new DirectedYield(
                0,
                0,
                0,
                0,
                ns == 0 ? DirectedYield.Outcome.NO_SWITCH : DirectedYield.Outcome.OTHER_VM,
                1,
                101,
                ns,
                Tristate.NO,
                Tristate.NO,
                1);
    }

    @Test
    void fewPleExitsSayNothing() {
        YieldTally yields = new YieldTally();
        for (int i = 0; i < SchedulerFingerprint.MIN_YIELDS - 1; i++) {
            yields.directedYield(new DirectedYield(
                    0, 0, 0, i, DirectedYield.Outcome.SIBLING, 1, 101, 5, Tristate.NO, Tristate.NO, 1));
        }
        RecordedHost host = host(true, yields);
        assertThat(SchedulerFingerprint.settle(host, candidate -> WORK, 1)).isSameAs(host);
    }

    /** A share right between what both replays give tells nothing: the choice stays an assumption and says so. */
    @Test
    void aNearTieStaysAnAssumption() {
        long between = (siblingPermille("cfs-6.1+p2019") + siblingPermille("eevdf-6.12.y+p2021")) / 2;
        YieldTally yields = new YieldTally();
        for (int i = 0; i < 1000; i++) {
            DirectedYield.Outcome outcome =
                    i < between ? DirectedYield.Outcome.SIBLING : DirectedYield.Outcome.OTHER_VM;
            yields.directedYield(new DirectedYield(0, 0, 0, i, outcome, 1, 101, 5, Tristate.NO, Tristate.NO, 1));
        }
        RecordedSetting setting = SchedulerFingerprint.settle(host(true, yields), candidate -> WORK, 1)
                .setting();
        assertThat(setting.assumed()).isTrue();
        assertThat(setting.reason()).endsWith("too close to tell, assumed");
    }

    private static long siblingPermille(String setting) {
        YieldTally tally = new YieldTally();
        HostSimulator.run(WORK, ConvoyScenario.host(), Setting.parse(setting), 1, tally);
        return tally.siblingPermille();
    }
}
