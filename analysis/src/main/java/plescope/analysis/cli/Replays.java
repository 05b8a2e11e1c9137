package plescope.analysis.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import plescope.analysis.recording.RecordingWindows.Window;
import plescope.analysis.store.Run;
import plescope.analysis.store.ScheduleLoader;
import plescope.analysis.store.TraceDatabase;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.policy.PolicyCatalog;
import plescope.replay.policy.PolicySpec;
import plescope.replay.policy.Setting;
import plescope.replay.whatif.Ensemble;
import plescope.replay.whatif.EnsembleOfWindows;
import plescope.replay.whatif.EnsemblePlan;
import plescope.replay.whatif.Experiment;
import plescope.replay.whatif.Recording;
import plescope.replay.whatif.ScheduleKeeper;
import plescope.replay.whatif.WhatIf;

/**
 * Replays a recording's work under its own setting and under what-ifs, each several times, and stores the predictions, and the
 * schedule of the first trial of each; of a recording in windows, that of the first window.
 *
 * @param windows the whole as one, or consecutive parts
 * @param jobs simulations at a time
 */
record Replays(Iterator<Window> windows, EnsemblePlan plan, int jobs) {
    private static final String ORACLE = "waitfor-oracle";
    private static final int HOST = -1;
    private static final int NO_ORACLE = -1;

    /** All of a recording at once. */
    Replays(Recording recording, EnsemblePlan plan, int jobs) {
        this(List.of(new Window(recording, 0)).iterator(), plan, jobs);
    }

    /** Numbers the identity {@code firstRun} and the what-ifs from there, in the order given. Equal arguments give equal tables. */
    List<Run> store(List<WhatIf> asked, int firstRun, TraceDatabase database) {
        Kept kept = new Kept(firstRun, database);
        Ensemble ensemble = replay(asked, kept);
        Roster roster = ensemble.recording().roster();
        long seed = ensemble.trials().get(0).seed();
        List<Run> runs = new ArrayList<>();
        int oracle = NO_ORACLE;
        for (int i = 0; i < ensemble.experiments().size(); i++) {
            Ensemble.Replayed replayed = ensemble.experiments().get(i);
            Run.Role role = i == Ensemble.IDENTITY ? Run.Role.IDENTITY : role(kept.settings.get(i));
            oracle = role == Run.Role.ORACLE && oracle == NO_ORACLE ? i : oracle;
            runs.add(new Run(
                    firstRun + i,
                    replayed.text(),
                    role,
                    seed,
                    replayed.outcomes().get(0).elapsedNs()));
            database.facts().run(runs.get(i));
            kept.facts(i, replayed, roster);
        }
        database.predictions().add(ensemble, firstRun, oracle);
        database.facts()
                .metric(firstRun, HOST, "trials", (double) ensemble.trials().size(), "count");
        return runs;
    }

    private Ensemble replay(List<WhatIf> asked, Kept kept) {
        Window window = windows.next();
        Ensemble first = Ensemble.of(window.recording(), plan, asked, jobs, kept);
        if (!windows.hasNext()) {
            return first;
        }
        EnsembleOfWindows all = new EnsembleOfWindows();
        all.add(first, window.lengthNs());
        while (windows.hasNext()) {
            // What the window before took must be free before the next is read.
            first = null;
            window = null;
            window = windows.next();
            all.add(Ensemble.of(window.recording(), plan, asked, jobs, ScheduleKeeper.NONE), window.lengthNs());
        }
        return all.ensemble();
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

    /** Stores first trials. Tables know the recorded VMs: schedules with others are not kept. */
    private static final class Kept implements ScheduleKeeper {
        private final int firstRun;
        private final TraceDatabase database;
        /** The recorded ones: the identity comes first. */
        private List<Roster.Vcpu> vcpus;

        private final List<Setting> settings = new ArrayList<>();
        private final Map<Integer, ScheduleLoader> loaders = new HashMap<>();
        private final Map<Integer, SimulationSummary> summaries = new ConcurrentHashMap<>();

        private Kept(int firstRun, TraceDatabase database) {
            this.firstRun = firstRun;
            this.database = database;
        }

        @Override
        public ScheduleSink open(int experiment, Experiment replayed) {
            settings.add(replayed.setting());
            if (vcpus == null) {
                vcpus = replayed.work().roster().vcpus();
            }
            if (!replayed.work().roster().vcpus().equals(vcpus)) {
                return null;
            }
            loaders.put(experiment, database.loader(firstRun + experiment));
            return loaders.get(experiment);
        }

        @Override
        public void close(int experiment, SimulationSummary summary) {
            summaries.put(experiment, summary);
            loaders.get(experiment).close();
        }

        private void facts(int experiment, Ensemble.Replayed replayed, Roster roster) {
            int run = firstRun + experiment;
            database.facts().metric(run, HOST, "broken_edges", (double) replayed.brokenEdges(), "count");
            ScheduleLoader loader = loaders.get(experiment);
            if (loader != null) {
                database.facts().simulation(run, summaries.get(experiment), roster);
                database.facts().switches(run, loader.switches(), roster);
            }
        }
    }
}
