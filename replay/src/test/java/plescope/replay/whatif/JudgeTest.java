package plescope.replay.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import plescope.parser.KernelHints;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.calibration.RecordedSetting;
import plescope.replay.engine.Workloads;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Roster;
import plescope.replay.policy.Setting;
import plescope.replay.whatif.Recording.SpinEvidence;

/** Two members with two seeds each, then the first member's seeds with costs halved and doubled: eight trials. */
final class JudgeTest {
    private static final Roster ROSTER = Workloads.roster(1, 2);
    private static final EnsemblePlan PLAN = new EnsemblePlan(2, 2, 7);

    private static Measures measures(double throughput) {
        Map<Measure, Double> rates = Map.of(Measure.THROUGHPUT, throughput, Measure.SPIN, 4 - throughput);
        return new Measures(List.of(rates), rates, List.of(LengthCounts.NONE));
    }

    private static Recording recording(double throughput, SpinEvidence spin) {
        RecordedSetting setting = RecordedSetting.of(new KernelHints(null, null, null, null), true);
        RecordedHost host = new RecordedHost(Workloads.host(2), setting, null);
        return new Recording("test", ROSTER, member -> null, host, measures(throughput), spin);
    }

    private static Ensemble.Replayed replayed(String text, double... throughputs) {
        List<Ensemble.Outcome> outcomes = new ArrayList<>();
        Arrays.stream(throughputs)
                .forEach(throughput -> outcomes.add(new Ensemble.Outcome(ROSTER, measures(throughput), 0, 1)));
        return new Ensemble.Replayed(text, outcomes);
    }

    private static Judge judge(double recorded, SpinEvidence spin, Ensemble.Replayed... experiments) {
        return new Judge(new Ensemble(recording(recorded, spin), PLAN.trials(), List.of(experiments)));
    }

    /** A recording whose window takes as long as such windows usually do. */
    private static Recording withUsualWindow(SpinEvidence spin) {
        Recording any = recording(1, spin);
        return new Recording(
                any.name(),
                ROSTER,
                any.work(),
                any.host().withPleUnit(PleHardware.SVM_DEFAULT.unitPicos()),
                any.measured(),
                spin);
    }

    private static Ensemble.Replayed identity() {
        return replayed("identity", 1, 1, 1, 1, 1, 1, 1, 1);
    }

    @Test
    void membersShareNoSeedAndPerturbedTrialsRepeatTheFirstMembers() {
        assertThat(PLAN.trials().stream().map(Trial::seed)).containsExactly(7L, 8L, 9L, 10L, 7L, 8L, 7L, 8L);
        assertThat(PLAN.trials().stream().map(Trial::member)).containsExactly(0, 0, 1, 1, 0, 0, 0, 0);
    }

    /**
     * Ratios 2 and 8 for member 0 (mean 4), 4 and 4 for member 1: geometric mean 4. The members' means agree, so S is twice the
     * standard error of the dice: residuals -ln 2, ln 2, 0, 0, two degrees of freedom, s = ln 2, error ln 2 / sqrt 4; S = ln 2. Costs
     * halved 4, doubled 8: C = ln 2. The identity makes 1 where 2 was recorded: E = ln 2. Least = sqrt(3) ln 2, exp of it 3.322.
     */
    @Test
    void theSmallestDifferenceAddsIdentityErrorSpreadAndCosts() {
        Judge judge = judge(2, SpinEvidence.PLE_EXITS, identity(), replayed("x", 2, 8, 4, 4, 4, 4, 8, 8));
        Prediction prediction = judge.prediction(1, 0, Measure.THROUGHPUT);
        assertThat(prediction.ratio()).isEqualTo(4, within(1e-12));
        assertThat(prediction.low()).isEqualTo(2, within(1e-12));
        assertThat(prediction.high()).isEqualTo(8, within(1e-12));
        assertThat(prediction.costsHalved()).isEqualTo(4, within(1e-12));
        assertThat(prediction.costsDoubled()).isEqualTo(8, within(1e-12));
        assertThat(prediction.identityError()).isEqualTo(-0.5, within(1e-12));
        assertThat(prediction.smallestDifference()).isEqualTo(Math.exp(Math.sqrt(3) * Math.log(2)) - 1, within(1e-9));
        assertThat(prediction.predicted()).isEqualTo(4.5, within(1e-12));
        assertThat(prediction.stability()).isEqualTo(1);
        assertThat(prediction.verdict()).isEqualTo(Verdict.HIGHER);
        assertThat(prediction.verdict().text(Measure.THROUGHPUT)).isEqualTo("faster");
    }

    /** Members at 2 and 4: half their range is half of ln 2, each way from the mean of 2.828. */
    @Test
    void whatMembersDisagreeAboutDoesNotShrinkWithMoreSeeds() {
        Judge judge = judge(1, SpinEvidence.PLE_EXITS, identity(), replayed("x", 2, 2, 4, 4, 2, 2, 2, 2));
        Prediction prediction = judge.prediction(1, 0, Measure.THROUGHPUT);
        assertThat(prediction.low()).isEqualTo(2, within(1e-12));
        assertThat(prediction.high()).isEqualTo(4, within(1e-12));
        assertThat(prediction.smallestDifference()).isEqualTo(Math.sqrt(2) - 1, within(1e-12));
    }

    /** The same gain of a tenth: a claim where the identity is right, none where it misses by a fifth. */
    @Test
    void aChangeBelowTheIdentityErrorIsNotDistinguishable() {
        Ensemble.Replayed tenth = replayed("x", 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1);
        assertThat(judge(1, SpinEvidence.PLE_EXITS, identity(), tenth)
                        .prediction(1, 0, Measure.THROUGHPUT)
                        .verdict())
                .isEqualTo(Verdict.HIGHER);
        assertThat(judge(1.2, SpinEvidence.PLE_EXITS, identity(), tenth)
                        .prediction(1, 0, Measure.THROUGHPUT)
                        .verdict())
                .isEqualTo(Verdict.NOT_DISTINGUISHABLE);
    }

    /**
     * Everything at 4, but 2 with windows of half the length and 4 of twice: the interval is a factor of two each way. That and the error
     * of sampling make the smallest difference: exp(sqrt(0.693^2 + 0.35^2)) - 1 = 1.17.
     */
    @Test
    void anAssumedWindowWidensTheInterval() {
        Recording sampled = withUsualWindow(SpinEvidence.SAMPLED);
        Ensemble.Replayed one = replayed("identity", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        Ensemble.Replayed four = replayed("x", 4, 4, 4, 4, 4, 4, 4, 4, 2, 2, 4, 4);
        Prediction prediction = new Judge(new Ensemble(sampled, PLAN.trials(sampled), List.of(one, four)))
                .prediction(1, 0, Measure.THROUGHPUT);
        assertThat(prediction.ratio()).isEqualTo(4, within(1e-12));
        assertThat(prediction.low()).isEqualTo(2, within(1e-12));
        assertThat(prediction.high()).isEqualTo(8, within(1e-12));
        assertThat(prediction.smallestDifference())
                .isEqualTo(Math.exp(Math.hypot(Math.log(2), Judge.SAMPLED_ERROR)) - 1, within(1e-12));
    }

    @Test
    void onlyAWindowThatNobodyMeasuredIsPerturbed() {
        assertThat(PLAN.trials(withUsualWindow(SpinEvidence.SAMPLED)))
                .extracting(Trial::perturbation)
                .contains(Perturbation.WINDOW_HALVED, Perturbation.WINDOW_DOUBLED);
        assertThat(PLAN.trials(withUsualWindow(SpinEvidence.PLE_EXITS))).isEqualTo(PLAN.trials());
        Recording any = recording(1, SpinEvidence.SAMPLED);
        Recording told = new Recording(
                any.name(), ROSTER, any.work(), any.host().withPleUnit(21_700), any.measured(), any.spin());
        assertThat(PLAN.trials(told)).isEqualTo(PLAN.trials());
    }

    @Test
    void aPerturbedWindowTakesHalfAsLongOrTwiceAndCostsTheSame() {
        Experiment plain = new Experiment(null, Workloads.host(2), Setting.parse("cfs-6.1+p2019"));
        long unit = plain.host().ple().unitPicos();
        assertThat(Perturbation.WINDOW_HALVED.apply(plain).host().ple().unitPicos())
                .isEqualTo(unit / 2);
        assertThat(Perturbation.WINDOW_DOUBLED.apply(plain).host().ple().unitPicos())
                .isEqualTo(unit * 2);
        assertThat(Perturbation.WINDOW_DOUBLED.apply(plain).host().costs())
                .isEqualTo(plain.host().costs());
        assertThat(Perturbation.COSTS_HALVED.apply(plain).host().ple())
                .isEqualTo(plain.host().ple());
    }

    @Test
    void withoutRecordedSpinThereIsNoAnswer() {
        Prediction prediction = judge(1, SpinEvidence.NONE, identity(), replayed("x", 9, 9, 9, 9, 9, 9, 9, 9))
                .prediction(1, 0, Measure.THROUGHPUT);
        assertThat(prediction.verdict()).isEqualTo(Verdict.SPIN_NOT_RECORDED);
    }

    /** Guest time of 4 that is all work in the log and a quarter of it in the replay: no error, for the log does not tell them apart. */
    @Test
    void whereSpinIsSampledOnlyGuestTimeAsAWholeCanBeWrong() {
        Ensemble.Replayed tenth = replayed("x", 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1);
        Ensemble.Replayed half = replayed("x", 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5);
        Prediction sampled = judge(4, SpinEvidence.SAMPLED, identity(), half).prediction(1, 0, Measure.THROUGHPUT);
        assertThat(sampled.recorded()).isNaN();
        assertThat(sampled.identityError()).isZero();
        assertThat(sampled.verdict()).isEqualTo(Verdict.HIGHER);
        // ln 1.1 = 0.10 is less than samples are wrong by, 0.35; ln 1.5 = 0.41 is more.
        assertThat(judge(4, SpinEvidence.SAMPLED, identity(), tenth)
                        .prediction(1, 0, Measure.THROUGHPUT)
                        .verdict())
                .isEqualTo(Verdict.NOT_DISTINGUISHABLE);
        assertThat(judge(4, SpinEvidence.PLE_EXITS, identity(), tenth)
                        .prediction(1, 0, Measure.THROUGHPUT)
                        .verdict())
                .isEqualTo(Verdict.NOT_DISTINGUISHABLE);
    }

    /** PLE exits, say, that vanish: no logarithm, but a clear answer. What neither replay shows has none. */
    @Test
    void whatVanishesIsLowerAndWhatIsNotShownIsNotMeasured() {
        Judge judge = judge(1, SpinEvidence.PLE_EXITS, identity(), replayed("x", 0, 0, 0, 0, 0, 0, 0, 0));
        Prediction vanished = judge.prediction(1, 0, Measure.THROUGHPUT);
        assertThat(vanished.ratio()).isZero();
        assertThat(vanished.verdict()).isEqualTo(Verdict.LOWER);
        assertThat(judge.prediction(1, 0, Measure.STEAL).verdict()).isEqualTo(Verdict.NOT_MEASURED);
        assertThat(Judge.logRatio(0, 0)).isZero();
    }

    /** Two of eight trials go the other way, by little: 75 % is not stable. */
    @Test
    void aSignThatChangesBetweenTrialsIsNotDistinguishable() {
        Prediction prediction = judge(
                        1,
                        SpinEvidence.PLE_EXITS,
                        identity(),
                        replayed("x", 1.3, 1.3, 1.3, 1.3, 1.3, 1.3, 0.999, 0.999))
                .prediction(1, 0, Measure.THROUGHPUT);
        assertThat(prediction.stability()).isEqualTo(0.75);
        assertThat(prediction.verdict()).isEqualTo(Verdict.NOT_DISTINGUISHABLE);
    }

    /** b is ahead of a in all trials; c beats the identity in half of them only, so they share the third place. */
    @Test
    void placesAreSharedWhereTrialsDisagree() {
        Judge judge = judge(
                1,
                SpinEvidence.PLE_EXITS,
                identity(),
                replayed("a", 2, 2, 2, 2, 2, 2, 2, 2),
                replayed("b", 3, 3, 3, 3, 3, 3, 3, 3),
                replayed("c", 1.1, 0.9, 1.1, 0.9, 1.1, 0.9, 1.1, 0.9));
        assertThat(judge.places(0, Measure.THROUGHPUT)).containsExactly(3, 2, 1, 3);
    }

    /** The oracle doubles the work: half as much more is half of its gain. A gain that is not sure has no shares. */
    @Test
    void headroomIsTheShareOfTheBoundsGain() {
        Judge judge = judge(
                1,
                SpinEvidence.PLE_EXITS,
                identity(),
                replayed("half", 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5),
                replayed("oracle", 2, 2, 2, 2, 2, 2, 2, 2));
        Prediction half = judge.prediction(1, 0, Measure.THROUGHPUT);
        assertThat(Judge.reached(half, judge.prediction(2, 0, Measure.THROUGHPUT)))
                .isEqualTo(0.5, within(1e-12));
        assertThat(Judge.reached(half, judge.prediction(0, 0, Measure.THROUGHPUT)))
                .isNaN();
    }
}
