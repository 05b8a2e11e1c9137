package plescope.analysis.validate;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.whatif.Ensemble;
import plescope.replay.whatif.Judge;
import plescope.replay.whatif.LengthCounts;
import plescope.replay.whatif.Measure;
import plescope.replay.whatif.Measures;
import plescope.replay.whatif.Perturbation;
import plescope.replay.whatif.Prediction;

/**
 * By how much a recording's replay under its own setting misses the recording itself, for one VM.
 *
 * @param work useful guest time per second, as a share of the recorded
 * @param pleExits likewise
 * @param switches likewise
 * @param burstDistance Kolmogorov-Smirnov distance of the PLE exits per episode
 * @param steal as a share of the recorded steal time's part of the VM's time
 * @param cpuShare percentage points
 */
public record IdentityError(
        String trace,
        String vm,
        String setting,
        double work,
        double pleExits,
        double switches,
        double burstDistance,
        double steal,
        double cpuShare,
        long brokenEdges) {
    static final double WORK_TARGET = 0.05;
    static final double PLE_EXITS_TARGET = 0.30;
    static final double SWITCHES_TARGET = 0.20;
    static final double BURST_TARGET = 0.15;
    static final double STEAL_TARGET = 0.10;
    /** Percentage points. */
    static final double CPU_SHARE_TARGET = 2;

    /** One row per VM of the ensemble's recording. */
    public static List<IdentityError> of(String trace, Ensemble ensemble) {
        Judge judge = new Judge(ensemble);
        Measures measured = ensemble.recording().measured();
        List<IdentityError> errors = new ArrayList<>();
        for (int vm = 0; vm < ensemble.recording().roster().vms().size(); vm++) {
            Prediction share = judge.prediction(Ensemble.IDENTITY, vm, Measure.CPU_SHARE);
            errors.add(new IdentityError(
                    trace,
                    ensemble.recording().roster().vms().get(vm).name(),
                    ensemble.recording().host().setting().setting(),
                    error(judge, vm, Measure.THROUGHPUT),
                    error(judge, vm, Measure.PLE_EXITS),
                    error(judge, vm, Measure.SWITCHES),
                    burstDistance(measured.burstLengths().get(vm), bursts(ensemble, vm)),
                    error(judge, vm, Measure.STEAL),
                    share.identity() - share.recorded(),
                    ensemble.experiments().get(Ensemble.IDENTITY).brokenEdges()));
        }
        return errors;
    }

    /** NaN where neither has any: that is no proof of the replay. */
    private static double error(Judge judge, int vm, Measure measure) {
        Prediction identity = judge.prediction(Ensemble.IDENTITY, vm, measure);
        return identity.recorded() == 0 && identity.identity() == 0 ? Double.NaN : identity.identityError();
    }

    private static double burstDistance(LengthCounts recorded, LengthCounts replayed) {
        return recorded.different() == 0 && replayed.different() == 0
                ? Double.NaN
                : KolmogorovSmirnov.distance(recorded, replayed);
    }

    /** Episodes of all trials with the measured costs. */
    private static LengthCounts bursts(Ensemble ensemble, int vm) {
        List<Ensemble.Outcome> outcomes =
                ensemble.experiments().get(Ensemble.IDENTITY).outcomes();
        LengthCounts all = LengthCounts.NONE;
        for (int t = 0; t < outcomes.size(); t++) {
            if (ensemble.trials().get(t).perturbation() == Perturbation.NONE) {
                all = all.and(outcomes.get(t).measures().burstLengths().get(vm));
            }
        }
        return all;
    }

    /** Names of the measures that miss their target. */
    public List<String> missed() {
        List<String> missed = new ArrayList<>();
        miss(missed, "work", work, WORK_TARGET);
        miss(missed, "ple_exits", pleExits, PLE_EXITS_TARGET);
        miss(missed, "switches", switches, SWITCHES_TARGET);
        miss(missed, "bursts", burstDistance, BURST_TARGET);
        miss(missed, "steal", steal, STEAL_TARGET);
        miss(missed, "cpu_share", cpuShare, CPU_SHARE_TARGET);
        return missed;
    }

    private static void miss(List<String> missed, String name, double error, double target) {
        if (Math.abs(error) > target) {
            missed.add(name);
        }
    }
}
