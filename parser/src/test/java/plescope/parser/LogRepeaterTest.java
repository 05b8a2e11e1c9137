package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.event.KvmExit;

/** Benchmarks judge programs by the counts of long logs, so those counts must be right. */
class LogRepeaterTest {
    /** A PLE exit of a vCPU, its entry, and another exit two seconds later; the head is no event. */
    private static final String LOG = """
            # cmdline : perf record
                   CPU 0/KVM   171 [001]     3.301070:                       kvm:kvm_exit: vcpu 0 reason pause rip 0xffffffff8107e914 info1 0x0000000000000000 info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000
                   CPU 0/KVM   171 [001]     3.301080:                      kvm:kvm_entry: vcpu 0, rip 0xffffffff8107e916
                   CPU 0/KVM   171 [001]     5.301090:                       kvm:kvm_exit: vcpu 0 reason msr rip 0xffffffff8107e914 info1 0x0000000000000001 info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000
            """;

    @Test
    void countsAreThoseOfTheEventsNotOfTheHead() throws IOException {
        assertThat(LogRepeater.of(bytes(LOG)).counts()).isEqualTo(new LogCounts(3, 2, 1));
        assertThat(new LogCounts(3, 2, 1).times(4)).isEqualTo(new LogCounts(12, 8, 4));
    }

    @Test
    void copiesFollowEachOtherByWholeSeconds() throws IOException {
        // Seconds 3 to 5 make a period of three seconds: exits at 0 and 2 s of the first copy, at 3 and 5 s of the
        // second.
        List<Long> exits = new ArrayList<>();
        ReadSummary summary = read(copies(LOG, 2), exits);

        assertThat(exits).containsExactly(0L, 2_000_020_000L, 3_000_000_000L, 5_000_020_000L);
        assertThat(summary.lines()).isEqualTo(6);
        assertThat(summary.eventCount()).isEqualTo(6);
    }

    @Test
    void everyCopyIsAsLongAsTheLogItself() throws IOException {
        int head = LOG.indexOf('\n') + 1;
        assertThat(copies(LOG, 5)).hasSize(5 * (LOG.length() - head));
    }

    @Test
    void aLogWithoutTimesIsRefused() {
        assertThatThrownBy(() -> LogRepeater.of(bytes("no events\nat all\n"))).hasMessageContaining("no line");
    }

    private static byte[] copies(String log, int copies) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogRepeater.of(bytes(log)).write(copies, out);
        return out.toByteArray();
    }

    private static ReadSummary read(byte[] log, List<Long> exits) throws IOException {
        try (TraceReader reader = TraceReader.open(new ByteArrayInputStream(log), "copies", ReadOptions.LENIENT)) {
            return reader.read(event -> {
                if (event instanceof KvmExit) {
                    exits.add(event.timestampNs());
                }
            });
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
