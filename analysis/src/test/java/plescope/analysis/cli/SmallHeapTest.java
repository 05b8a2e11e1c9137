package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands with too little memory: a sentence that says what to do, exit code 3, and nothing under the name asked for. */
final class SmallHeapTest {
    private static final String SAMPLE = Path.of(
                    System.getProperty("plescope.root"), "samples", "linux-guests-pooled", "trace.txt.zst")
            .toString();
    private static final Pattern ADVICE = Pattern.compile("plescope extract TRACE (--time 0ms,(\\d+)ms) -o");

    @TempDir
    private Path folder;

    private record Ended(int code, String said) {}

    private static Ended plescope(String heap, String... words) throws IOException, InterruptedException {
        Process process = ProcessRun.java(List.of(heap, "-XX:+UseSerialGC"), words)
                .redirectErrorStream(true)
                .start();
        String said = String.join("\n", ProcessRun.lines(process));
        return new Ended(process.waitFor(), said);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    /** A workload file is read whole: only Java itself notices that it does not fit. */
    @Test
    void aHeapThatRunsFullIsSaidInASentence() throws Exception {
        CommandLineRun extracted = CommandLineRun.plescope("", "extract", SAMPLE, "-o", file("work"));
        assertThat(extracted.code()).isZero();
        Ended full = plescope("-Xmx10m", "replay", file("work"), "-o", file("full.duckdb"));
        assertThat(full.code()).as(full.said()).isEqualTo(3);
        assertThat(full.said())
                .containsPattern("plescope: Java's heap of \\d+ MB is too small for this")
                .contains("PLESCOPE_JAVA_OPTIONS=-Xmx8g")
                .doesNotContain("Exception in", "\tat ");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("work"));
        }
    }

    /** The advice is good: what it says to cut fits into the same heap. */
    @Test
    void whatDoesNotFitIsRefusedAndWhatTheRefusalSaysFits() throws Exception {
        Ended refused = plescope("-Xmx24m", "extract", SAMPLE, "-o", file("work"));
        assertThat(refused.code()).as(refused.said()).isEqualTo(3);
        Matcher advice = ADVICE.matcher(refused.said());
        assertThat(advice.find()).as(refused.said()).isTrue();
        assertThat(refused.said())
                .contains("plescope: the recording is too long for the memory there is", "in windows");
        assertThat(folder.resolve("work")).doesNotExist();
        String[] time = advice.group(1).split(" ", -1);
        Ended cut = plescope("-Xmx24m", "extract", SAMPLE, time[0], time[1], "-o", file("work"));
        assertThat(cut.code()).as(cut.said()).isZero();
        assertThat(folder.resolve("work")).exists();
    }

    /** The same heap is enough for all of it in windows. */
    @Test
    void aSweepWhoseRecordingDoesNotFitGoesOnInWindows() throws Exception {
        Ended swept = plescope(
                "-Xmx40m",
                "sweep",
                SAMPLE,
                "--grid",
                "ple_window=1024",
                "--members",
                "1",
                "--seeds",
                "1",
                "-j",
                "1",
                "-o",
                file("s.csv"));
        assertThat(swept.code()).as(swept.said()).isZero();
        assertThat(swept.said()).containsPattern("replayed in \\d+ windows of about \\d+ ms, one in memory at a time");
        assertThat(folder.resolve("s.csv")).exists();
    }
}
