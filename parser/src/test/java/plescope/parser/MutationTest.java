package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plescope.parser.diagnostic.CaretPrinter;
import plescope.parser.event.TraceEvent;

/** Randomly damaged lines are read or reported, never worse: no crash, no hang, time stays in order. */
final class MutationTest {
    private static final int MUTATIONS = 2500;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "perf-6.1-kernel-6.12.txt",
                "ftrace-6.12.txt",
                "trace-cmd-3.1.6.txt",
                "trace-cmd-3.1.6-plugins.txt"
            })
    void damagedLinesNeverCrash(String name) {
        long seed = Long.getLong("seed", 42);
        SplittableRandom random = new SplittableRandom(seed);
        String[] lines = new String(FixtureTest.fixture(name), StandardCharsets.ISO_8859_1).split("\n", -1);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int i = 0; i < MUTATIONS; i++) {
            text.writeBytes(mutate(lines[random.nextInt(lines.length)].getBytes(StandardCharsets.ISO_8859_1), random));
            text.write('\n');
        }
        try {
            Logs log = Logs.read(text.toByteArray(), Logs.TOLERANT);
            assertThat(log.summary.eventCount()).as("seed " + seed).isPositive();
            assertThat(log.summary.diagnostics().kept())
                    .allMatch(found -> !CaretPrinter.print(found).isEmpty());
            long last = Long.MIN_VALUE;
            for (TraceEvent event : log.all) {
                assertThat(event.timestampNs()).as("seed " + seed).isGreaterThanOrEqualTo(last);
                last = event.timestampNs();
            }
        } catch (java.io.UncheckedIOException e) {
            // a damaged clock may lose its point, and lines drawn at random go back in time: both are said
            assertThat(e).hasCauseInstanceOf(TraceFormatException.class);
        }
    }

    private static byte[] mutate(byte[] line, SplittableRandom random) {
        byte[] bytes = line.clone();
        if (bytes.length < 2) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> bytes[at] = (byte) (random.nextInt(255) + 1);
            case 1 -> bytes = java.util.Arrays.copyOf(bytes, at);
            case 2 -> System.arraycopy(line, at, bytes, at - 1 < 0 ? 0 : at - 1, bytes.length - at);
            default -> {
                int other = random.nextInt(bytes.length);
                int length = Math.min(random.nextInt(12), bytes.length - Math.max(at, other));
                System.arraycopy(line, other, bytes, at, length);
            }
        }
        return bytes;
    }
}
