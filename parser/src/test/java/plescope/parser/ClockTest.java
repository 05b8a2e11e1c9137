package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.event.TraceEvent;

/** Clocks that print whole numbers are read once their frequency is given; other clocks ignore it. */
final class ClockTest {
    private static List<Long> times(long clockHz, String... clocks) {
        StringBuilder text = new StringBuilder();
        for (String clock : clocks) {
            text.append("       CPU 2/KVM-2679    [006] d..2. ").append(clock).append(": kvm_entry: vcpu 2\n");
        }
        return Logs.read(text.toString().getBytes(StandardCharsets.UTF_8), Logs.TOLERANT.withClockHz(clockHz))
                .events()
                .stream()
                .map(TraceEvent::timestampNs)
                .toList();
    }

    @Test
    void ticksBecomeNanoseconds() {
        // 2 GHz: two ticks are a nanosecond; 100 Hz: a tick is 10 ms; 3 GHz: 7 ticks are 2.33 ns
        assertThat(times(2_000_000_000L, "2779114301665", "2779114301667", "2779116301665"))
                .containsExactly(0L, 1L, 1_000_000L);
        assertThat(times(100, "106475", "106476")).containsExactly(0L, 10_000_000L);
        assertThat(times(3_000_000_000L, "0", "7", "3000000000")).containsExactly(0L, 2L, 1_000_000_000L);
    }

    @Test
    void aCenturyOfTicksDoesNotOverflow() {
        assertThat(times(ReadOptions.MAX_CLOCK_HZ, "0", "8999999999", "9000000000000000000"))
                .containsExactly(0L, 999_999_999L, 1_000_000_000_000_000_000L);
    }

    @Test
    void secondsIgnoreTheFrequency() {
        assertThat(times(100, "  276.731819", "  276.731820")).containsExactly(0L, 1000L);
    }

    /** Seven bytes before the clock's end stands the date's point, as if six decimals followed it. */
    @Test
    void theFractionOfADateIsNotThatOfTheClock() {
        String head = "       CPU 2/KVM  2679 [006] 2026-11-20 10:47:14.1 ";
        byte[] log = (head + "1819: kvm:kvm_entry: vcpu 2\n" + head + "1919: kvm:kvm_entry: vcpu 2\n")
                .getBytes(StandardCharsets.UTF_8);
        // 1 kHz: 100 ticks are 100 ms
        assertThat(Logs.read(log, Logs.TOLERANT.withClockHz(1000)).events())
                .extracting(TraceEvent::timestampNs)
                .containsExactly(0L, 100_000_000L);
    }

    @Test
    void theResolutionIsTheTick() {
        byte[] log = "       CPU 2/KVM-2679    [006] d..2.  849: kvm_entry: vcpu 2\n".getBytes(StandardCharsets.UTF_8);
        assertThat(Logs.read(log, Logs.TOLERANT.withClockHz(250)).summary.timestampResolutionNs())
                .isEqualTo(4_000_000);
        assertThat(Logs.read(log, Logs.TOLERANT.withClockHz(3_000_000_000L))
                        .summary
                        .timestampResolutionNs())
                .isEqualTo(1);
    }

    @Test
    void impossibleFrequenciesAreRefused() {
        assertThatThrownBy(() -> ReadOptions.LENIENT.withClockHz(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReadOptions.LENIENT.withClockHz(ReadOptions.MAX_CLOCK_HZ + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
