package plescope.analysis.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import plescope.analysis.report.ReportTable;

/** Simulates the set-ups of published figures and says which figures come out. */
public final class Reproducer {
    private final List<Figure> figures;

    private Reproducer(List<Figure> figures) {
        this.figures = figures;
    }

    /** All figures whose id begins with one of these; all figures for an empty list. */
    public static Reproducer of(List<String> prefixes) {
        List<Figure> chosen = new ArrayList<>();
        for (Figure figure : FigureTable.read()) {
            if (prefixes.isEmpty() || prefixes.stream().anyMatch(prefix -> matches(figure, prefix))) {
                chosen.add(figure);
            }
        }
        return new Reproducer(chosen);
    }

    /** {@code T1} is an experiment and must not stand for T10. */
    private static boolean matches(Figure figure, String prefix) {
        return figure.experiment().equals(prefix)
                || (prefix.indexOf('-') > 0 && figure.id().startsWith(prefix));
    }

    /** Number of figures chosen. */
    public int size() {
        return figures.size();
    }

    /**
     * Runs what the figures need.
     *
     * @param seeds how many runs stand for one, seeds from 1 on
     * @param jobs simulations at a time; the answer does not depend on it
     */
    public ReportTable run(int seeds, int jobs) {
        ExecutorService pool = Executors.newFixedThreadPool(jobs);
        try {
            List<Long> numbers = new ArrayList<>();
            for (long seed = 1; seed <= seeds; seed++) {
                numbers.add(seed);
            }
            ScenarioLibrary library = new ScenarioLibrary();
            Trials trials = new Trials(library, numbers, pool);
            figures.forEach(trials::start);
            return ReproductionTable.of(Reproduction.of(figures, trials), library);
        } finally {
            pool.shutdownNow();
        }
    }
}
