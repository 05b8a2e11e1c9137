package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import plescope.parser.event.TraceEvent;

/** Lines shuffled by less than the window come out as a stable sort would leave them. */
final class ReorderPropertyTest {
    private static final long WINDOW_NS = 50_000;

    @RepeatedTest(20)
    void shufflingWithinTheWindowIsUndone(RepetitionInfo repetition) {
        long seed = Long.getLong("seed", repetition.getCurrentRepetition());
        SplittableRandom random = new SplittableRandom(seed);
        // times advance by 0..9 us and every third line is up to 20 us late, well within 50 us
        List<long[]> lines = new ArrayList<>();
        long now = 1_000_000;
        for (int i = 0; i < 500; i++) {
            now += random.nextInt(10);
            long late = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
            // as microseconds behind 1 s: the digits behind the first are the decimals
            lines.add(new long[] {i + 1, i == 0 ? now : Math.max(now - late, 1_000_000)});
        }
        StringBuilder text = new StringBuilder();
        for (long[] line : lines) {
            text.append("             cpu     1 [000]     1.").append(String.valueOf(line[1]), 1, 7);
            text.append(": kvm:kvm_entry: vcpu ").append(line[0]).append('\n');
        }
        List<Long> expected = lines.stream()
                .sorted(Comparator.comparingLong((long[] line) -> line[1]).thenComparingLong(line -> line[0]))
                .map(line -> line[0])
                .toList();
        ReadOptions strict = new ReadOptions(true, 1, WINDOW_NS);
        List<TraceEvent> events = Logs.read(text.toString().getBytes(StandardCharsets.UTF_8), strict)
                .events();
        assertThat(events).as("seed " + seed).extracting(TraceEvent::line).containsExactlyElementsOf(expected);
        assertThat(events).isSortedAccordingTo(Comparator.comparingLong(TraceEvent::timestampNs));
    }
}
