package plescope.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import plescope.analysis.cli.FiltersFuzz;
import plescope.analysis.cli.ThreadMapFuzz;
import plescope.analysis.cli.WordsFuzz;
import plescope.analysis.recording.SpinCodeFuzz;
import plescope.analysis.sweep.GridFuzz;
import plescope.analysis.sweep.JournalFuzz;
import plescope.analysis.validate.PairFileFuzz;
import plescope.fuzz.BriefRun;

/** The fuzz targets over their kept inputs, and a little beyond; a hang ends with the timeout. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
final class FuzzTest {
    private static final int RUNS = 1000;

    private static void run(Class<?> type, BriefRun.Target target, int runs) throws IOException {
        Path module = Path.of(System.getProperty("plescope.root"), "analysis");
        BriefRun.of(module, type.getName(), target, runs);
    }

    @Test
    void threadMapsAreReadOrRefused() throws IOException {
        run(ThreadMapFuzz.class, ThreadMapFuzz::fuzzerTestOneInput, RUNS);
    }

    @Test
    void spinCodeIsReadOrRefused() throws IOException {
        run(SpinCodeFuzz.class, SpinCodeFuzz::fuzzerTestOneInput, RUNS);
    }

    @Test
    void recordedPairsAreReadOrRefused() throws IOException {
        run(PairFileFuzz.class, PairFileFuzz::fuzzerTestOneInput, RUNS);
    }

    @Test
    void gridsAreReadOrRefused() throws IOException {
        run(GridFuzz.class, GridFuzz::fuzzerTestOneInput, RUNS);
    }

    @Test
    void journalsAreMendedOrRefused() throws IOException {
        run(JournalFuzz.class, JournalFuzz::fuzzerTestOneInput, 500);
    }

    @Test
    void rowsAreChosenOrTheChoiceIsRefused() throws IOException {
        run(FiltersFuzz.class, FiltersFuzz::fuzzerTestOneInput, 60);
    }

    @Test
    void commandLinesAreAnsweredOrRefused() throws IOException {
        run(WordsFuzz.class, WordsFuzz::fuzzerTestOneInput, 200);
    }
}
