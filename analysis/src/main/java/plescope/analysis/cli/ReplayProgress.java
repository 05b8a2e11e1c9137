package plescope.analysis.cli;

import java.io.PrintStream;
import java.util.Locale;
import plescope.analysis.sweep.ReplayRunner;

/** One line on a terminal that says how many replays are done, how fast they go and how long they still take. */
final class ReplayProgress implements ReplayRunner.Progress {
    /** Set by the launcher where messages go to a terminal: Java cannot ask. */
    static final String PROPERTY = "plescope.progress";

    private static final double NS_PER_S = 1e9;
    private static final String CLEAR = "\r\033[K";

    private final PrintStream err;
    private final long startNs;

    private ReplayProgress(PrintStream err, long startNs) {
        this.err = err;
        this.startNs = startNs;
    }

    /** Says nothing where nobody looks. */
    static ReplayRunner.Progress start() {
        return Boolean.getBoolean(PROPERTY)
                ? new ReplayProgress(System.err, System.nanoTime())
                : ReplayRunner.Progress.NONE;
    }

    @Override
    public void replayed(int done, int of) {
        err.print(CLEAR + (done == of ? "" : line(done, of, (System.nanoTime() - startNs) / NS_PER_S)));
        err.flush();
    }

    /** {@code 12 of 96 replays, 8.3/s, 10 s left}. */
    static String line(int done, int of, double seconds) {
        if (done == 0) {
            return of + " replays";
        }
        double rate = done / seconds;
        return String.format(
                Locale.ROOT, "%d of %d replays, %.1f/s, %.0f s left", done, of, rate, Math.ceil((of - done) / rate));
    }
}
