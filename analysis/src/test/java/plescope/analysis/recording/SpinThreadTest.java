package plescope.analysis.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plescope.parser.ReadOptions;
import plescope.parser.TraceReader;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.VmExit;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.timeline.ThreadMap;

/** Logs read with spin found on a thread of its own. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class SpinThreadTest {
    private static final Path SAMPLES = Path.of(System.getProperty("plescope.root"), "samples");
    private static final Path LONG = SAMPLES.resolve("linux-guests-pooled/trace.txt.zst");

    private static LogReading read(Path log, int threads, ScheduleSink listener) throws IOException {
        ReadOptions options = ReadOptions.LENIENT.withThreads(threads);
        try (TraceReader reader = TraceReader.open(log, options)) {
            return new LogReader(options, ThreadMap.EMPTY, GuestSymbols.NONE).read(reader, listener);
        }
    }

    private static boolean lives() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("plescope-spin"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linux-guests-pooled/trace.txt.zst",
                "linux-guests-trace-cmd/trace.txt.gz",
                "synthetic-convoy/trace.txt.zst",
                "ticket-lock-ftrace/trace.txt.zst"
            })
    void rowsAreTheSameOnAnyNumberOfThreads(String log) throws IOException {
        List<String> alone = new ArrayList<>();
        LogReading expected = read(SAMPLES.resolve(log), 1, new RowTexts(alone));
        assertThat(alone).hasSizeGreaterThan(1_000);
        for (int threads : new int[] {2, 4}) {
            List<String> rows = new ArrayList<>();
            LogReading found = read(SAMPLES.resolve(log), threads, new RowTexts(rows));
            assertThat(rows.equals(alone)).as(threads + " threads").isTrue();
            assertThat(found.spin()).isEqualTo(expected.spin());
            assertThat(found.timeline()).isEqualTo(expected.timeline());
            assertThat(found.host().model()).isEqualTo(expected.host().model());
        }
        assertThat(lives()).isFalse();
    }

    /** Does something at the ten thousandth exit of sixty thousand. */
    private static final class AtAnExit extends SelectiveSink {
        private final Runnable what;
        private int exits;

        AtAnExit(Runnable what) {
            this.what = what;
        }

        @Override
        public void vmExit(VmExit exit) {
            if (++exits == 10_000) {
                what.run();
            }
        }
    }

    @Test
    void whatFailsWhileSpinIsFoundEndsTheReadingAsItWas() {
        IllegalStateException planted = new IllegalStateException("planted");
        AtAnExit failing = new AtAnExit(() -> {
            throw planted;
        });
        assertThat(catchThrowable(() -> read(LONG, 2, failing))).isSameAs(planted);
        assertThat(failing.exits).isEqualTo(10_000);
        assertThat(lives()).isFalse();
    }

    @Test
    void anInterruptEndsTheReading() {
        Thread reading = Thread.currentThread();
        Throwable thrown = catchThrowable(() -> read(LONG, 2, new AtAnExit(reading::interrupt)));
        assertThat(thrown).isNotNull().hasMessageContaining("the reading was interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(lives()).isFalse();
    }
}
