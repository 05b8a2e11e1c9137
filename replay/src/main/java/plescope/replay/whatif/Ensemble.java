package plescope.replay.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.policy.Setting;
import plescope.replay.workload.Workload;

/**
 * A recording's identity and what-ifs, each replayed in the same trials.
 *
 * @param experiments the identity first, then the what-ifs as asked
 */
public record Ensemble(Recording recording, List<Trial> trials, List<Replayed> experiments) {
    /** The identity's place. */
    public static final int IDENTITY = 0;

    public Ensemble {
        trials = List.copyOf(trials);
        experiments = List.copyOf(experiments);
    }

    /**
     * What one experiment came to in every trial.
     *
     * @param text what was asked, the recorded setting for the identity
     * @param outcomes by trial
     */
    public record Replayed(String text, List<Outcome> outcomes) {
        public Replayed {
            outcomes = List.copyOf(outcomes);
        }

        /** Waits that could never have ended and were cut, over all trials. */
        public long brokenEdges() {
            return outcomes.stream().mapToLong(Outcome::brokenEdges).sum();
        }
    }

    /**
     * What one replay came to.
     *
     * @param roster who took part: a what-if may add or remove VMs
     */
    public record Outcome(Roster roster, Measures measures, long brokenEdges, long elapsedNs) {
        /** A measure of the VM of that name, NaN where it did not take part or the schedule does not show it. */
        double of(String vm, Measure measure) {
            for (Roster.Vm candidate : roster.vms()) {
                if (candidate.name().equals(vm)) {
                    return measures.of(candidate.id(), measure);
                }
            }
            return Double.NaN;
        }
    }

    /**
     * Replays everything, {@code jobs} at a time: the answer does not depend on how many.
     *
     * @param keeper hears the first trial of each experiment in full
     * @throws IllegalArgumentException if a what-if makes no sense for this recording
     */
    public static Ensemble of(
            Recording recording, EnsemblePlan plan, List<WhatIf> asked, int jobs, ScheduleKeeper keeper) {
        List<Trial> trials = plan.trials(recording);
        List<WhatIf> all = new ArrayList<>();
        all.add(new WhatIf(List.of()));
        all.addAll(asked);
        List<Workload> work = new ArrayList<>();
        for (int member = 0; member < plan.members(); member++) {
            work.add(recording.work().draw(member));
        }
        Setting setting = Setting.parse(recording.host().setting().setting());
        List<List<Experiment>> experiments = new ArrayList<>();
        for (WhatIf whatIf : all) {
            experiments.add(trials.stream()
                    .map(trial -> applied(
                            whatIf,
                            trial.perturbation()
                                    .apply(new Experiment(
                                            work.get(trial.member()),
                                            recording.host().model(),
                                            setting))))
                    .toList());
        }
        return new Ensemble(recording, trials, replay(all, trials, experiments, jobs, keeper));
    }

    private static Experiment applied(WhatIf whatIf, Experiment identity) {
        try {
            return whatIf.apply(identity);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static List<Replayed> replay(
            List<WhatIf> all, List<Trial> trials, List<List<Experiment>> experiments, int jobs, ScheduleKeeper keeper) {
        List<ScheduleSink> kept = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            kept.add(keeper.open(i, experiments.get(i).get(0)));
        }
        ExecutorService pool = Executors.newFixedThreadPool(jobs);
        try {
            List<List<Future<Outcome>>> running = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                List<Future<Outcome>> row = new ArrayList<>();
                for (int t = 0; t < trials.size(); t++) {
                    int experiment = i;
                    Experiment replayed = experiments.get(i).get(t);
                    long seed = trials.get(t).seed();
                    ScheduleSink also = t == 0 ? kept.get(i) : null;
                    row.add(pool.submit(() -> outcome(replayed, seed, also, experiment, keeper)));
                }
                running.add(row);
            }
            List<Replayed> done = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                done.add(new Replayed(
                        text(all.get(i), experiments.get(i).get(0)),
                        running.get(i).stream().map(Ensemble::await).toList()));
            }
            return done;
        } finally {
            pool.shutdownNow();
        }
    }

    /** The setting in full, whatever part of it was asked for, and what else is different. */
    private static String text(WhatIf whatIf, Experiment replayed) {
        String beside = whatIf.beside();
        return replayed.setting() + (beside.isEmpty() ? "" : WhatIf.SEPARATOR + beside);
    }

    private static Outcome outcome(
            Experiment replayed, long seed, ScheduleSink also, int experiment, ScheduleKeeper keeper) {
        Meter meter = new Meter();
        SimulationSummary summary = replayed.run(seed, also == null ? meter : ScheduleSink.both(meter, also));
        if (also != null) {
            keeper.close(experiment, summary);
        }
        Roster roster = replayed.work().roster();
        Measures measures = meter.measures(roster, summary.elapsedNs());
        return new Outcome(roster, measures, summary.brokenEdges(), summary.elapsedNs());
    }

    private static Outcome await(Future<Outcome> result) {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while replaying", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
