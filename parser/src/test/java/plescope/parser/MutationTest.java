package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plescope.parser.diagnostic.DiagnosticCode;
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
    void damagedLinesNeverCrash(String name) throws IOException {
        long seed = Long.getLong("seed", 42);
        SplittableRandom random = new SplittableRandom(seed);
        String[] lines = new String(FixtureTest.fixture(name), StandardCharsets.ISO_8859_1).split("\n", -1);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes((Logs.PERF + "kvm:kvm_entry: vcpu 2\n").getBytes(StandardCharsets.ISO_8859_1));
        for (int i = 0; i < MUTATIONS; i++) {
            text.writeBytes(
                    Mutation.of(lines[random.nextInt(lines.length)].getBytes(StandardCharsets.ISO_8859_1), random));
            text.write('\n');
        }
        List<TraceEvent> events = new ArrayList<>();
        try (TraceReader reader =
                TraceReader.open(new ByteArrayInputStream(text.toByteArray()), "log.txt", Logs.TOLERANT)) {
            reader.read(events::add);
        } catch (TraceFormatException e) {
            // lines drawn at random go back in time, which is said when all have been read
            assertThat(e.diagnostic().code()).isEqualTo(DiagnosticCode.UNORDERED);
        }
        // one damaged line costs no other: a reader that gave up early would have passed on far fewer
        assertThat(events).as("seed " + seed).hasSizeGreaterThan(MUTATIONS / 3);
        assertThat(events).as("seed " + seed).isSortedAccordingTo(Comparator.comparingLong(TraceEvent::timestampNs));
    }
}
