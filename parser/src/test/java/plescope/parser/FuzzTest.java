package plescope.parser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import plescope.fuzz.BriefRun;
import plescope.parser.text.LineSourceFuzz;

/** The fuzz targets over their kept inputs, and a little beyond; a hang ends with the timeout. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
final class FuzzTest {
    private static void run(Class<?> type, BriefRun.Target target, int runs) throws IOException {
        Path module = Path.of(System.getProperty("plescope.root"), "parser");
        BriefRun.of(module, type.getName(), target, runs);
    }

    @Test
    void anyBytesAreReadOrRefused() throws IOException {
        run(ReaderFuzz.class, ReaderFuzz::fuzzerTestOneInput, 1000);
    }

    @Test
    void damagedLinesAreReadOrCounted() throws IOException {
        run(LinesFuzz.class, LinesFuzz::fuzzerTestOneInput, 500);
    }

    @Test
    void packedLogsAreReadOrRefused() throws IOException {
        run(CompressionFuzz.class, CompressionFuzz::fuzzerTestOneInput, 500);
    }

    @Test
    void linesAreCutTheSameHoweverTheyTrickle() throws IOException {
        run(LineSourceFuzz.class, LineSourceFuzz::fuzzerTestOneInput, 100);
    }

    @Test
    void archivesAreReadAsTheirFilesOrRefused() throws IOException {
        run(ArchiveFuzz.class, ArchiveFuzz::fuzzerTestOneInput, 300);
    }

    @Test
    void severalThreadsReadWhatOneReads() throws IOException {
        run(ThreadsFuzz.class, ThreadsFuzz::fuzzerTestOneInput, 500);
    }
}
