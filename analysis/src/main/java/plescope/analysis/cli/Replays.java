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
import plescope.analysis.store.TraceDatabase;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.model.HostModel;
import plescope.replay.policy.Setting;
import plescope.replay.workload.Workload;

/**
 * Replays one workload under several settings, side by side on all cores, and stores each schedule as a run of its own. The
 * tables come out the same whatever finishes first.
 *
 * @param identity the recorded setting, replayed first: its error is the trust in all others
 * @param others what else to replay, in this order
 */
record Replays(Setting identity, List<Setting> others, long seed) {
    private static final String ORACLE = "waitfor-oracle";
    private static final String DEDICATED = "dedicated";

    /** What {@code analyze} asks of every trace: PLE off, the other yield eras and schedulers, Debooster, and the two bounds. */
    static Replays byDefault(Setting identity, long seed) {
        return new Replays(
                identity,
                List.of(
                        Setting.parse(identity.scheduler().label() + "+no-ple"),
                        Setting.parse(identity.scheduler().label() + "+p2011"),
                        Setting.parse("cfs-5.6+p2019"),
                        Setting.parse("cfs-5.6+p2019+debooster"),
                        Setting.parse("cfs-6.1+p2019"),
                        Setting.parse("eevdf-6.12+p2024"),
                        Setting.parse(DEDICATED),
                        Setting.parse(ORACLE)),
                seed);
    }

    /** One run to come. */
    private record Planned(Run.Role role, Setting setting) {}

    private List<Planned> plan() {
        Map<String, Planned> plan = new LinkedHashMap<>();
        plan.put(identity.toString(), new Planned(Run.Role.IDENTITY, identity));
        for (Setting setting : others) {
            plan.putIfAbsent(setting.toString(), new Planned(role(setting), setting));
        }
        return List.copyOf(plan.values());
    }

    private static Run.Role role(Setting setting) {
        for (Setting.Chosen policy : setting.policies()) {
            if (policy.name().equals(ORACLE)) {
                return Run.Role.ORACLE;
            }
            if (policy.name().equals(DEDICATED)) {
                return Run.Role.BOUND;
            }
        }
        return Run.Role.POLICY;
    }

    /** Simulates and stores all runs. */
    void store(TraceDatabase database, Workload work, HostModel host) {
        ExecutorService cores =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Planned> plan = plan();
            List<Future<SimulationSummary>> results = new ArrayList<>();
            for (int i = 0; i < plan.size(); i++) {
                Setting setting = plan.get(i).setting();
                ScheduleLoader loader = database.loader(i + 1);
                results.add(cores.submit(() -> simulate(work, host, setting, loader)));
            }
            List<SimulationSummary> summaries = new ArrayList<>();
            for (Future<SimulationSummary> result : results) {
                summaries.add(result.get());
            }
            for (int i = 0; i < plan.size(); i++) {
                describe(database, i + 1, plan.get(i), summaries.get(i), work);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a replay failed: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while replaying", e);
        } finally {
            cores.shutdownNow();
        }
    }

    private SimulationSummary simulate(Workload work, HostModel host, Setting setting, ScheduleLoader loader) {
        try (loader) {
            return HostSimulator.run(work, host, setting, seed, loader);
        }
    }

    private void describe(TraceDatabase database, int run, Planned planned, SimulationSummary summary, Workload work) {
        database.facts().run(new Run(run, planned.setting().toString(), planned.role(), seed, summary.elapsedNs()));
        database.facts().metric(run, -1, "broken_edges", summary.brokenEdges(), "count");
        database.facts().metric(run, -1, "simulated_events", summary.events(), "count");
    }
}
