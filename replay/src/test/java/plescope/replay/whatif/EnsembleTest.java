package plescope.replay.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.KernelHints;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.calibration.RecordedSetting;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.engine.Workloads;
import plescope.replay.model.ScheduleSink;
import plescope.replay.whatif.Recording.SpinEvidence;
import plescope.replay.workload.Workload;

final class EnsembleTest {
    private static final EnsemblePlan PLAN = new EnsemblePlan(2, 2, 1);
    /** Two VMs of a convoy of two vCPUs on two pCPUs; the second reading of the log has longer critical sections. */
    private static Recording recording() {
        Workload work = draw(0);
        RecordedHost host = new RecordedHost(
                Workloads.host(2), RecordedSetting.of(new KernelHints(null, null, null, null), true), null);
        return new Recording("test", work.roster(), EnsembleTest::draw, host, null, SpinEvidence.PLE_EXITS);
    }

    private static Workload draw(int member) {
        return Workloads.convoy(2, 2, 400, 20_000 * (member + 1L), 30_000, 60_000_000);
    }

    private static Ensemble ensemble(int jobs, ScheduleKeeper keeper) {
        return Ensemble.of(recording(), PLAN, List.of(WhatIf.parse("eevdf-6.12+no-ple")), jobs, keeper);
    }

    private static List<List<Prediction>> predictions(Ensemble ensemble) {
        Judge judge = new Judge(ensemble);
        return List.of(judge.predictions(0), judge.predictions(1));
    }

    @Test
    void theAnswerDoesNotDependOnTheNumberOfJobs() {
        assertThat(predictions(ensemble(3, ScheduleKeeper.NONE)).toString())
                .isEqualTo(predictions(ensemble(1, ScheduleKeeper.NONE)).toString());
    }

    @Test
    void theIdentityIsItsOwnReferenceAndTrialsDiffer() {
        Ensemble ensemble = ensemble(2, ScheduleKeeper.NONE);
        Prediction identity = new Judge(ensemble).prediction(Ensemble.IDENTITY, 0, Measure.THROUGHPUT);
        assertThat(identity.ratio()).isEqualTo(1);
        assertThat(identity.low()).isEqualTo(1);
        assertThat(identity.verdict()).isEqualTo(Verdict.REFERENCE);
        assertThat(ensemble.experiments().get(0).outcomes().stream()
                        .map(outcome -> outcome.measures().host().get(Measure.THROUGHPUT))
                        .distinct())
                .hasSizeGreaterThan(2);
        Prediction exits = new Judge(ensemble).prediction(1, Prediction.HOST, Measure.PLE_EXITS);
        assertThat(exits.identity()).isPositive();
        assertThat(exits.ratio()).isZero();
    }

    /** Kept is the first trial only, of every experiment, in their order. */
    @Test
    void theKeeperHearsOneScheduleOfEachExperiment() {
        List<String> calls = new ArrayList<>();
        ScheduleKeeper keeper = new ScheduleKeeper() {
            @Override
            public ScheduleSink open(int experiment, Experiment replayed) {
                calls.add("open " + experiment);
                return new Meter();
            }

            @Override
            public void close(int experiment, SimulationSummary summary) {
                calls.add("close " + experiment);
            }
        };
        ensemble(1, keeper);
        assertThat(calls).containsExactly("open 0", "open 1", "close 0", "close 1");
    }

    @Test
    void aChangeThatMakesNoSenseIsRefused() {
        assertThatThrownBy(
                        () -> Ensemble.of(recording(), PLAN, List.of(WhatIf.parse("remove=x")), 1, ScheduleKeeper.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x");
    }
}
