package plescope.analysis.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plescope.analysis.cli.Main;
import plescope.parser.ReadOptions;
import plescope.parser.TraceReader;
import plescope.replay.calibration.RecordedSetting;
import plescope.replay.model.Origin;
import plescope.replay.model.SelectiveSink;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.timeline.ThreadMap;

/** Logs that name no kernel, and what their picks tell of the scheduler. */
final class LogReaderTest {
    private static final LogReader LOGS = new LogReader(ReadOptions.LENIENT, ThreadMap.EMPTY, GuestSymbols.NONE);
    private static final Path ROOT = Path.of(System.getProperty("plescope.root"));

    @TempDir
    private Path folder;

    /** As if the log named no kernel and its events' order told none. */
    private static RecordedSetting told(Path log) throws IOException {
        try (TraceReader reader = TraceReader.open(log, ReadOptions.LENIENT)) {
            LogReading reading = LOGS.read(reader, new SelectiveSink() {});
            RecordedSetting unknown =
                    new RecordedSetting("eevdf-6.12.y+p2021", Origin.INFERRED, true, "nothing tells it");
            return LOGS.settle(reading.on(reading.host().under(unknown)), List.of(log))
                    .host()
                    .setting();
        }
    }

    /** A convoy of 400 ms is too close to tell under EEVDF, and says so. */
    @ParameterizedTest
    @CsvSource({
        "convoy, cfs-6.1+p2019, false",
        "dedup, cfs-6.1+p2019, false",
        "dedup, eevdf-6.12.y+p2021, false",
        "convoy, eevdf-6.12.y+p2021, true"
    })
    void aSimulatedHostsSchedulerIsToldByItsPicks(String scenario, String under, boolean assumed) throws IOException {
        Path log = folder.resolve("log.txt");
        String[] words = {
            "synthesize",
            ROOT.resolve("samples/scenarios/" + scenario + ".scenario").toString(),
            "--setting",
            under,
            "--span",
            "400ms",
            "-o",
            log.toString()
        };
        assertThat(Main.run(words, System.in, System.out, System.err, 100)).isZero();
        RecordedSetting told = told(log);
        assertThat(told.setting()).as(told.reason()).isEqualTo(under);
        assertThat(told.assumed()).as(told.reason()).isEqualTo(assumed);
    }

    /** Recorded on 6.12.117. */
    @Test
    void aRecordedHostsSchedulerIsToldByItsPicks() throws IOException {
        RecordedSetting told = told(ROOT.resolve("samples/ticket-lock-ftrace/trace.txt.zst"));
        assertThat(told.setting()).isEqualTo("eevdf-6.12.y+p2021");
        assertThat(told.reason()).contains("picks");
    }
}
