package plescope.replay.whatif;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Turns an {@link Ensemble} into predictions with their trust.
 *
 * <p>Everything is reckoned in logarithms of ratios. The smallest difference a recording supports is
 * {@code exp(sqrt(E^2 + S^2 + C^2 + M^2)) - 1}: errors of different origin, added as such. E is the error of the identity replay for this
 * very measure, |ln(identity / recorded)|. S is the ensemble's spread: half the range of the members' means, plus twice the standard
 * error of the dice within members; where no PLE window was recorded, the change that windows of half or twice the assumed length make
 * counts to it, as an error of its own. C is the greater change that costs of half or twice the measured ones make to the ratio. M is
 * {@link #SAMPLED_ERROR} where spin was sampled. A change
 * below it, or one whose sign is not the same in {@link #STABLE} of the trials, is not distinguishable [I].
 */
public final class Judge {
    /** A direction or ranking is reportable if it holds in this share of the perturbations. */
    public static final double STABLE = 0.9;

    /** Ratios beyond a factor of a million count as that: what vanishes altogether, such as PLE exits, has no logarithm. */
    static final double LIMIT = StrictMath.log(1e6);

    /**
     * Error of work told from spin by samples, in logarithms: what members draw does not cover what all of them assume. The middle of
     * twelve predictions from recordings without PLE that recordings with it contradict; see docs/decisions/0005-lock-model.md.
     */
    static final double SAMPLED_ERROR = 0.35;

    private final Ensemble ensemble;

    public Judge(Ensemble ensemble) {
        this.ensemble = ensemble;
    }

    /** One prediction per VM and measure, then those of the host; {@code experiment} as numbered in the ensemble. */
    public List<Prediction> predictions(int experiment) {
        List<Prediction> predictions = new ArrayList<>();
        int vms = ensemble.recording().roster().vms().size();
        for (int vm = 0; vm < vms; vm++) {
            for (Measure measure : Measure.values()) {
                predictions.add(prediction(experiment, vm, measure));
            }
        }
        for (Measure measure : Measure.values()) {
            predictions.add(prediction(experiment, Prediction.HOST, measure));
        }
        return predictions;
    }

    /** What the experiment would change in one measure. */
    public Prediction prediction(int experiment, int vm, Measure measure) {
        double[] logs = logRatios(experiment, vm, measure);
        double middle = mean(logs, trial -> trial.perturbation() == Perturbation.NONE);
        double likeliest = mean(logs, trial -> trial.perturbation() == Perturbation.NONE && trial.member() == 0);
        double window = Math.max(
                change(logs, Perturbation.WINDOW_HALVED, likeliest),
                change(logs, Perturbation.WINDOW_DOUBLED, likeliest));
        double spread = StrictMath.hypot(spread(logs), window);
        double halved = mean(logs, trial -> trial.perturbation() == Perturbation.COSTS_HALVED);
        double doubled = mean(logs, trial -> trial.perturbation() == Perturbation.COSTS_DOUBLED);
        double costs = Math.max(Math.abs(halved - likeliest), Math.abs(doubled - likeliest));
        double recorded = recorded(vm, measure);
        double identity = level(Ensemble.IDENTITY, vm, measure);
        double error = isSplit(measure) ? guestTimeError(vm) : logRatio(recorded, identity);
        double method = method(measure);
        double least = StrictMath.sqrt(error * error + spread * spread + costs * costs + method * method);
        double stability = stability(logs, middle);
        return new Prediction(
                vm,
                measure,
                recorded,
                identity,
                level(experiment, vm, measure),
                ratio(middle),
                ratio(middle - spread),
                ratio(middle + spread),
                ratio(halved),
                ratio(doubled),
                ratio(error) - 1,
                least >= LIMIT ? Double.POSITIVE_INFINITY : StrictMath.expm1(least),
                stability,
                verdict(experiment, middle, least, stability));
    }

    /** How far the perturbation moves the logarithm; 0 where it was not tried. */
    private double change(double[] logs, Perturbation perturbation, double from) {
        boolean tried = ensemble.trials().stream().anyMatch(trial -> trial.perturbation() == perturbation);
        return tried ? Math.abs(mean(logs, trial -> trial.perturbation() == perturbation) - from) : 0;
    }

    /** Whether the measure is a part of guest time that a recording without PLE exits does not tell from the rest. */
    private boolean isSplit(Measure measure) {
        boolean part = measure == Measure.THROUGHPUT || measure == Measure.SPIN;
        return part && ensemble.recording().spin() != Recording.SpinEvidence.PLE_EXITS;
    }

    private double method(Measure measure) {
        boolean sampled = ensemble.recording().spin() == Recording.SpinEvidence.SAMPLED;
        return sampled && isSplit(measure) ? SAMPLED_ERROR : 0;
    }

    /** Error of work and spin together: how they divide is estimated, and the members' spread says how well. */
    private double guestTimeError(int vm) {
        Measures measured = ensemble.recording().measured();
        if (measured == null) {
            return Double.NaN;
        }
        return logRatio(
                measured(vm, Measure.THROUGHPUT) + measured(vm, Measure.SPIN),
                level(Ensemble.IDENTITY, vm, Measure.THROUGHPUT) + level(Ensemble.IDENTITY, vm, Measure.SPIN));
    }

    private Verdict verdict(int experiment, double middle, double least, double stability) {
        if (experiment == Ensemble.IDENTITY) {
            return Verdict.REFERENCE;
        }
        if (ensemble.recording().spin() == Recording.SpinEvidence.NONE) {
            return Verdict.SPIN_NOT_RECORDED;
        }
        if (Double.isNaN(middle) || Double.isNaN(least)) {
            return Verdict.NOT_MEASURED;
        }
        if (Math.abs(middle) <= least || stability < STABLE) {
            return Verdict.NOT_DISTINGUISHABLE;
        }
        return middle > 0 ? Verdict.HIGHER : Verdict.LOWER;
    }

    /** Logarithms of what-if over identity, by trial. */
    private double[] logRatios(int experiment, int vm, Measure measure) {
        double[] logs = new double[ensemble.trials().size()];
        for (int t = 0; t < logs.length; t++) {
            logs[t] = logRatio(value(Ensemble.IDENTITY, t, vm, measure), value(experiment, t, vm, measure));
        }
        return logs;
    }

    private double value(int experiment, int trial, int vm, Measure measure) {
        Ensemble.Outcome outcome =
                ensemble.experiments().get(experiment).outcomes().get(trial);
        return vm == Prediction.HOST
                ? outcome.measures().host().getOrDefault(measure, Double.NaN)
                : outcome.of(ensemble.recording().roster().vms().get(vm).name(), measure);
    }

    private double recorded(int vm, Measure measure) {
        return ensemble.recording().measured() == null || isSplit(measure) ? Double.NaN : measured(vm, measure);
    }

    private double measured(int vm, Measure measure) {
        Measures measured = ensemble.recording().measured();
        return vm == Prediction.HOST ? measured.host().getOrDefault(measure, Double.NaN) : measured.of(vm, measure);
    }

    /** NaN where either is; nothing to nothing is no change. */
    static double logRatio(double before, double after) {
        if (Double.isNaN(before) || Double.isNaN(after)) {
            return Double.NaN;
        }
        if (before == after) {
            return 0;
        }
        return Math.max(-LIMIT, Math.min(LIMIT, StrictMath.log(after / before)));
    }

    /** Back from the logarithm; the limit stands for nothing left. */
    private static double ratio(double log) {
        return log <= -LIMIT ? 0 : log >= LIMIT ? Double.POSITIVE_INFINITY : StrictMath.exp(log);
    }

    private double mean(double[] logs, Predicate<Trial> which) {
        double sum = 0;
        int size = 0;
        for (int t = 0; t < logs.length; t++) {
            if (which.test(ensemble.trials().get(t))) {
                sum += logs[t];
                size++;
            }
        }
        return size == 0 ? Double.NaN : sum / size;
    }

    /** Half the range of the members' means, plus twice the standard error of the mean that the dice within members make. */
    private double spread(double[] logs) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double squares = 0;
        int size = 0;
        int members = 0;
        for (Trial first : ensemble.trials()) {
            int member = first.member();
            if (member != members || first.perturbation() != Perturbation.NONE) {
                continue;
            }
            members++;
            double mean = mean(logs, trial -> trial.perturbation() == Perturbation.NONE && trial.member() == member);
            least = Math.min(least, mean);
            most = Math.max(most, mean);
            for (int t = 0; t < logs.length; t++) {
                Trial trial = ensemble.trials().get(t);
                if (trial.perturbation() == Perturbation.NONE && trial.member() == member) {
                    squares += (logs[t] - mean) * (logs[t] - mean);
                    size++;
                }
            }
        }
        double variance = size == members ? 0 : squares / (size - members);
        return (most - least) / 2 + 2 * StrictMath.sqrt(variance / size);
    }

    /** Mean over the trials that perturb nothing. */
    private double level(int experiment, int vm, Measure measure) {
        double[] levels = new double[ensemble.trials().size()];
        for (int t = 0; t < levels.length; t++) {
            levels[t] = value(experiment, t, vm, measure);
        }
        return mean(levels, trial -> trial.perturbation() == Perturbation.NONE);
    }

    private static double stability(double[] logs, double middle) {
        int agree = 0;
        for (double log : logs) {
            agree += StrictMath.signum(log) == StrictMath.signum(middle) ? 1 : 0;
        }
        return (double) agree / logs.length;
    }

    /**
     * The experiments' places by a measure, best first from 1; those whose order is not the same in {@link #STABLE} of the trials
     * share a place.
     */
    public int[] places(int vm, Measure measure) {
        int count = ensemble.experiments().size();
        List<Integer> order = new ArrayList<>();
        List<double[]> logs = new ArrayList<>();
        double[] means = new double[count];
        double sign = measure.better() == Measure.Better.LESS ? 1 : -1;
        for (int i = 0; i < count; i++) {
            logs.add(logRatios(i, vm, measure));
            double mean = mean(logs.get(i), trial -> trial.perturbation() == Perturbation.NONE);
            means[i] = Double.isNaN(mean) ? Double.POSITIVE_INFINITY : sign * mean;
            order.add(i);
        }
        ToDoubleFunction<Integer> key = i -> means[i];
        order.sort(Comparator.comparingDouble(key).thenComparingInt(i -> i));
        int[] places = new int[count];
        int leader = order.get(0);
        places[leader] = 1;
        for (int n = 1; n < count; n++) {
            int now = order.get(n);
            boolean behind = behind(logs.get(leader), logs.get(now), sign);
            places[now] = behind ? n + 1 : places[leader];
            leader = behind ? now : leader;
        }
        return places;
    }

    private static boolean behind(double[] leader, double[] other, double sign) {
        int worse = 0;
        for (int t = 0; t < leader.length; t++) {
            worse += sign * (other[t] - leader[t]) > 0 ? 1 : 0;
        }
        return worse >= STABLE * leader.length;
    }

    /**
     * Share of the gain between identity and a bound that a prediction reaches, NaN where that gain is itself not distinguishable.
     */
    public static double reached(Prediction prediction, Prediction bound) {
        return bound.verdict() == Verdict.HIGHER ? (prediction.ratio() - 1) / (bound.ratio() - 1) : Double.NaN;
    }
}
