package plescope.analysis.sweep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import plescope.analysis.recording.RecordingSource;
import plescope.analysis.recording.RecordingWindows.Window;
import plescope.analysis.sweep.MeasuredReplay.Measured;
import plescope.replay.model.Roster;
import plescope.replay.policy.Setting;
import plescope.replay.whatif.Experiment;
import plescope.replay.whatif.Measure;
import plescope.replay.whatif.Measures;
import plescope.replay.whatif.MeasuresOverTime;
import plescope.replay.whatif.Recording;
import plescope.replay.whatif.WhatIf;
import plescope.replay.workload.Workload;

/**
 * Replays a recording under what-ifs, several at a time, and keeps what they came to. A replay depends on its what-if and its draw
 * alone, so neither order nor number of jobs changes an answer, and none is made twice.
 *
 * <p>Of a recording in windows, one window after another is read and replayed by every what-if; a replay is done, and kept, with its
 * last window.
 */
public final class ReplayRunner {
    /** Replays for which the windows are read once: what a kill in the middle of them costs [I]. */
    private static final int REPLAYS_PER_PASS = 64;

    private final RecordingSource source;
    private final Recording recording;
    private final MeasuredReplay replay;
    private final ReplayJournal journal;
    private final int jobs;
    private final Progress progress;
    private final Set<Asked> asked = new HashSet<>();

    /** Told how far the replays are. */
    @FunctionalInterface
    public interface Progress {
        Progress NONE = (done, of) -> {};

        /** Called once before the first replay and after each, one call at a time; a window counts as a replay of its own. */
        void replayed(int done, int of);
    }

    /** @param jobs replays at a time */
    public ReplayRunner(
            RecordingSource source, MeasuredReplay replay, ReplayJournal journal, int jobs, Progress progress) {
        this.source = source;
        this.recording = source.recording();
        this.replay = replay;
        this.journal = journal;
        this.jobs = jobs;
        this.progress = progress;
    }

    public Recording recording() {
        return recording;
    }

    /** The recorded setting on the recorded machine, as a what-if that changes nothing. */
    public WhatIf identity() {
        return new WhatIf(recording.host().setting().setting(), List.of());
    }

    /**
     * Reads a what-if and tries whether it makes sense for the recording. It is called by the setting it leads to and the changes
     * beside, so that whatever way of writing names the same replays. Throws {@code IllegalArgumentException} with the reason where
     * it makes none.
     */
    public WhatIf read(String text) {
        WhatIf asked = WhatIf.parse(text);
        String setting = experiment(asked, source.sample(), recording).setting().toString();
        return new WhatIf(asked.beside().isEmpty() ? setting : setting + "; " + asked.beside(), asked.changes());
    }

    private record Task(WhatIf whatIf, Draw draw) {}

    private record Asked(String whatIf, Draw draw) {}

    /** Replays that {@link #run} was asked for, those that were in the journal before among them. */
    public int asked() {
        return asked.size();
    }

    /** Makes the replays that are not in the journal yet. */
    public void run(List<WhatIf> whatIfs, List<Draw> draws) {
        Map<String, WhatIf> distinct = new LinkedHashMap<>();
        whatIfs.forEach(whatIf -> distinct.putIfAbsent(whatIf.text(), whatIf));
        List<Task> missing = new ArrayList<>();
        for (WhatIf whatIf : distinct.values()) {
            for (Draw draw : draws) {
                asked.add(new Asked(whatIf.text(), draw));
                if (journal.find(whatIf.text(), draw) == null) {
                    missing.add(new Task(whatIf, draw));
                }
            }
        }
        if (!missing.isEmpty()) {
            run(missing);
        }
    }

    private void run(List<Task> tasks) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(jobs, tasks.size()));
        try {
            Counter counter = new Counter(tasks.size() * source.count());
            progress.replayed(0, counter.of);
            int perPass = source.count() == 1 ? tasks.size() : REPLAYS_PER_PASS;
            for (int from = 0; from < tasks.size(); from += perPass) {
                pass(tasks.subList(from, Math.min(tasks.size(), from + perPass)), pool, counter);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Through all windows once. */
    private void pass(List<Task> tasks, ExecutorService pool, Counter counter) {
        List<MeasuresOverTime> sums =
                tasks.stream().map(task -> new MeasuresOverTime()).toList();
        Iterator<Window> windows = source.windows();
        while (windows.hasNext()) {
            // Held by nobody here: it must be free before the next is read.
            replay(windows.next().recording(), !windows.hasNext(), tasks, sums, pool, counter);
        }
    }

    private void replay(
            Recording window,
            boolean last,
            List<Task> tasks,
            List<MeasuresOverTime> sums,
            ExecutorService pool,
            Counter counter) {
        Map<Integer, Workload> work = new ConcurrentHashMap<>();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            MeasuresOverTime sum = sums.get(i);
            running.add(pool.submit(() -> {
                Workload drawn = work.computeIfAbsent(task.draw().member(), window.work()::draw);
                Experiment experiment = experiment(task.whatIf(), drawn, window);
                Measured measured = replay.of(experiment, task.draw().seed());
                sum.add(measured.measures(), measured.elapsedNs());
                if (last) {
                    Roster replayed = experiment.work().roster();
                    journal.add(task.whatIf().text(), task.draw(), ofRecordedVms(sum.measures(), replayed));
                }
                counter.count();
            }));
        }
        running.forEach(ReplayRunner::await);
    }

    private final class Counter {
        private final int of;
        private int done;

        Counter(int of) {
            this.of = of;
        }

        synchronized void count() {
            progress.replayed(++done, of);
        }
    }

    /** A what-if may add and remove VMs; those of the recording are compared, by name. */
    private Measures ofRecordedVms(Measures measures, Roster replayed) {
        if (replayed.vms().equals(recording.roster().vms())) {
            return measures;
        }
        List<Map<Measure, Double>> vms = new ArrayList<>();
        for (Roster.Vm vm : recording.roster().vms()) {
            vms.add(replayed.vms().stream()
                    .filter(other -> other.name().equals(vm.name()))
                    .findFirst()
                    .map(other -> measures.vms().get(other.id()))
                    .orElse(Map.of()));
        }
        return new Measures(vms, measures.host(), List.of());
    }

    private static Experiment experiment(WhatIf whatIf, Workload work, Recording window) {
        return whatIf.apply(new Experiment(
                work,
                window.host().model(),
                Setting.parse(window.host().setting().setting())));
    }

    /** What replays came to, one per draw; all must have been {@link #run}. */
    public List<Measures> of(WhatIf whatIf, List<Draw> draws) {
        List<Measures> found = new ArrayList<>();
        for (Draw draw : draws) {
            Measures measures = journal.find(whatIf.text(), draw);
            if (measures == null) {
                throw new IllegalStateException(whatIf.text() + " was not replayed with " + draw);
            }
            found.add(measures);
        }
        return found;
    }

    private static void await(Future<?> task) {
        try {
            task.get();
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
