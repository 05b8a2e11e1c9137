package plescope.replay.whatif;

import java.util.ArrayList;
import java.util.List;

/**
 * Joins the ensembles of consecutive windows of one recording: every trial of every experiment is one replay of all windows. So
 * memory is that of a window, and predictions are ratios of sums over the whole. At each edge a replay starts afresh from what was
 * recorded.
 */
public final class EnsembleOfWindows {
    private final RecordingOverWindows whole = new RecordingOverWindows();
    private final List<List<Joined>> joined = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private List<Trial> trials = List.of();
    private int windows;

    private static final class Joined {
        private final MeasuresOverTime measures = new MeasuresOverTime();
        private Ensemble.Outcome first;
        private long brokenEdges;
        private long elapsedNs;

        void add(Ensemble.Outcome outcome) {
            first = first == null ? outcome : first;
            measures.add(outcome.measures(), outcome.elapsedNs());
            brokenEdges += outcome.brokenEdges();
            elapsedNs += outcome.elapsedNs();
        }

        Ensemble.Outcome outcome() {
            return new Ensemble.Outcome(first.roster(), measures.measures(), brokenEdges, elapsedNs);
        }
    }

    /** Adds the next window, of that length. Its work is not held on to. */
    public void add(Ensemble window, long lengthNs) {
        if (windows++ == 0) {
            begin(window);
        }
        if (window.trials().size() != trials.size()) {
            throw new IllegalArgumentException("windows of one recording are replayed in the same trials");
        }
        whole.add(window.recording(), lengthNs);
        for (int i = 0; i < joined.size(); i++) {
            for (int t = 0; t < trials.size(); t++) {
                joined.get(i).get(t).add(window.experiments().get(i).outcomes().get(t));
            }
        }
    }

    private void begin(Ensemble window) {
        trials = window.trials();
        for (Ensemble.Replayed replayed : window.experiments()) {
            texts.add(replayed.text());
            List<Joined> row = new ArrayList<>();
            for (int t = 0; t < trials.size(); t++) {
                row.add(new Joined());
            }
            joined.add(row);
        }
    }

    /** How many were added. */
    public int windows() {
        return windows;
    }

    /** All windows as one ensemble; its recording has no work any more. */
    public Ensemble ensemble() {
        List<Ensemble.Replayed> replayed = new ArrayList<>();
        for (int i = 0; i < joined.size(); i++) {
            replayed.add(new Ensemble.Replayed(
                    texts.get(i), joined.get(i).stream().map(Joined::outcome).toList()));
        }
        return new Ensemble(whole.recording(), trials, replayed);
    }
}
