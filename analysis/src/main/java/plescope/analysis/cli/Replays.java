package plescope.analysis.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import plescope.analysis.store.Run;
import plescope.analysis.store.ScheduleLoader;
import plescope.analysis.store.StoreException;
import plescope.analysis.store.TraceDatabase;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.model.HostModel;
import plescope.replay.policy.PolicyCatalog;
import plescope.replay.policy.PolicySpec;
import plescope.replay.policy.Setting;
import plescope.replay.workload.Workload;

/**
 * Replays one workload under several settings, side by side, and stores every schedule.
 *
 * @param recorded the setting that made the trace: its replay is the reference of all comparisons
 * @param threads simulations at a time
 */
record Replays(Workload work, HostModel host, Setting recorded, long seed, int threads) {
    private static final String ORACLE = "waitfor-oracle";

    /** Numbers the settings from {@code firstRun} on, in the order given. Equal arguments give equal tables. */
    List<Run> store(List<Setting> settings, int firstRun, TraceDatabase database) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<ScheduleLoader> loaders = new ArrayList<>();
            List<Future<SimulationSummary>> results = new ArrayList<>();
            for (int i = 0; i < settings.size(); i++) {
                Setting setting = settings.get(i);
                ScheduleLoader loader = database.loader(firstRun + i);
                loaders.add(loader);
                results.add(pool.submit(() -> simulate(setting, loader)));
            }
            List<Run> runs = new ArrayList<>();
            for (int i = 0; i < settings.size(); i++) {
                SimulationSummary summary = await(results.get(i));
                Setting setting = settings.get(i);
                runs.add(new Run(firstRun + i, setting.toString(), role(setting), seed, summary.elapsedNs()));
            }
            for (int i = 0; i < runs.size(); i++) {
                int number = runs.get(i).number();
                database.facts().run(runs.get(i));
                database.facts().simulation(number, await(results.get(i)), work.roster());
                database.facts().switches(number, loaders.get(i).switches(), work.roster());
            }
            return runs;
        } finally {
            pool.shutdownNow();
        }
    }

    private SimulationSummary simulate(Setting setting, ScheduleLoader loader) {
        try (loader) {
            return HostSimulator.run(work, host, setting, seed, loader);
        }
    }

    private Run.Role role(Setting setting) {
        if (setting.equals(recorded)) {
            return Run.Role.IDENTITY;
        }
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
