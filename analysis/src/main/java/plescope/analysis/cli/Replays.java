package plescope.analysis.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import plescope.analysis.store.Run;
import plescope.analysis.store.ScheduleLoader;
import plescope.analysis.store.StoreException;
import plescope.analysis.store.TraceDatabase;
import plescope.analysis.store.TraceFacts;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.model.Roster;
import plescope.replay.model.SelectiveSink;
import plescope.replay.policy.PolicyCatalog;
import plescope.replay.policy.PolicySpec;
import plescope.replay.policy.Setting;
import plescope.replay.whatif.Experiment;
import plescope.replay.whatif.WhatIf;

/**
 * Replays one workload in several experiments, side by side, and stores every schedule.
 *
 * @param identity what made the trace: its replay is the reference of all comparisons
 * @param threads simulations at a time
 */
record Replays(Experiment identity, long seed, int threads) {
    private static final String ORACLE = "waitfor-oracle";

    /** Numbers the questions from {@code firstRun} on, in the order given, leaving out what is asked twice. Equal arguments give equal tables. */
    List<Run> store(List<WhatIf> questions, int firstRun, TraceDatabase database) {
        Map<String, Experiment> experiments = experiments(questions);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<ScheduleLoader> loaders = new ArrayList<>();
            List<Future<SimulationSummary>> results = new ArrayList<>();
            for (Experiment experiment : experiments.values()) {
                ScheduleLoader loader = database.loader(firstRun + loaders.size());
                loaders.add(loader);
                results.add(pool.submit(() -> simulate(experiment, loader)));
            }
            List<SimulationSummary> summaries = new ArrayList<>();
            for (Future<SimulationSummary> result : results) {
                summaries.add(await(result));
            }
            List<Run> runs = new ArrayList<>();
            experiments.forEach((name, experiment) -> {
                int i = runs.size();
                Run.Role role = i == 0 ? Run.Role.IDENTITY : role(experiment.setting());
                runs.add(
                        new Run(firstRun + i, name, role, seed, summaries.get(i).elapsedNs()));
                facts(runs.get(i), experiment, summaries.get(i), loaders.get(i), database.facts());
            });
            return runs;
        } finally {
            pool.shutdownNow();
        }
    }

    private void facts(
            Run run, Experiment experiment, SimulationSummary summary, ScheduleLoader loader, TraceFacts facts) {
        Roster roster = experiment.work().roster();
        facts.run(run);
        facts.simulation(run.number(), summary, roster, recorded());
        if (roster.equals(recorded())) {
            facts.switches(run.number(), loader.switches(), roster);
        }
    }

    private Roster recorded() {
        return identity.work().roster();
    }

    /** What to simulate, by what to call it; what comes to the same is simulated once. */
    private Map<String, Experiment> experiments(List<WhatIf> questions) {
        Map<String, Experiment> experiments = new LinkedHashMap<>();
        for (WhatIf question : questions) {
            try {
                Experiment experiment = question.apply(identity);
                String beside = question.beside();
                String setting = experiment.setting().toString();
                experiments.putIfAbsent(beside.isEmpty() ? setting : setting + "; " + beside, experiment);
            } catch (IllegalArgumentException e) {
                throw new UsageException(e.getMessage());
            }
        }
        return experiments;
    }

    /** Rows name vCPUs by their number in the recorded roster, so other rosters leave none: their sums alone are kept. */
    private SimulationSummary simulate(Experiment experiment, ScheduleLoader loader) {
        try (loader) {
            boolean sameVms = experiment.work().roster().equals(recorded());
            return experiment.run(seed, sameVms ? loader : new SelectiveSink() {});
        }
    }

    private static Run.Role role(Setting setting) {
        boolean bound = setting.policies().stream()
                .anyMatch(chosen -> PolicyCatalog.find(chosen.name()).role() == PolicySpec.Role.BOUND);
        if (!bound) {
            return Run.Role.POLICY;
        }
        return setting.policies().stream().anyMatch(chosen -> chosen.name().equals(ORACLE))
                ? Run.Role.ORACLE
                : Run.Role.BOUND;
    }

    private static SimulationSummary await(Future<SimulationSummary> result) {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while replaying", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
