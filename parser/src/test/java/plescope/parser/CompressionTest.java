package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plescope.parser.diagnostic.DiagnosticCode;

/** Compressions are known by their first bytes, read through several members, and told when they break off. */
final class CompressionTest {
    private static final byte[] TEXT =
            (Logs.PERF + "kvm:kvm_entry: vcpu 2\n").repeat(500).getBytes(StandardCharsets.ISO_8859_1);

    private static final int LONG = 12_000;

    @ParameterizedTest
    @EnumSource
    void severalMembersAreOneLog(Packing packing) throws IOException {
        byte[] packed = packing.pack(TEXT);
        byte[] twice = Arrays.copyOf(packed, 2 * packed.length);
        System.arraycopy(packed, 0, twice, packed.length, packed.length);
        assertThat(Logs.read(packed, ReadOptions.LENIENT).events()).hasSize(500);
        assertThat(Logs.read(twice, ReadOptions.LENIENT).events()).hasSize(1000);
    }

    @ParameterizedTest
    @EnumSource
    void oneInsideAnotherIsUnpackedTwice(Packing packing) throws IOException {
        assertThat(Logs.read(Packing.GZIP.pack(packing.pack(TEXT)), ReadOptions.LENIENT)
                        .events())
                .hasSize(500);
    }

    @ParameterizedTest
    @EnumSource
    void whatBreaksOffIsRefused(Packing packing) throws IOException {
        byte[] packed = packing.pack(TEXT);
        for (int length : new int[] {packed.length - 20, packed.length / 2, 6}) {
            assertThat(Logs.refusal(Arrays.copyOf(packed, length), ReadOptions.LENIENT)
                            .diagnostic())
                    .as(packing + " cut to " + length)
                    .extracting(found -> found.code() + ": " + found.message() + "; " + found.hint())
                    .isEqualTo(DiagnosticCode.TRUNCATED + ": the compressed file ends too early or is damaged; "
                            + DiagnosticCode.TRUNCATED.remedy());
        }
    }

    /** A writer that takes its time between two files leaves nothing to read behind the first, which is not the end. */
    @ParameterizedTest
    @EnumSource
    void membersOfASlowPipeAreAllRead(Packing packing) throws IOException {
        byte[] packed = packing.pack(longText());
        byte[] twice = Arrays.copyOf(packed, 2 * packed.length);
        System.arraycopy(packed, 0, twice, packed.length, packed.length);
        try (TraceReader reader =
                TraceReader.open(new SlowStream(twice, packed.length), "<stdin>", ReadOptions.LENIENT)) {
            assertThat(reader.read(event -> {}).eventCount()).isEqualTo(2 * LONG);
        }
    }

    /** A zstd frame whose window is 2^30 bytes, as {@code --long=30} makes it; 2^27 is the most that is read. */
    @Test
    void aWindowTooLargeIsSaidToBeThat() {
        byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) 0xa0, 1, 0, 0};
        assertThat(Logs.refusal(frame, ReadOptions.LENIENT).diagnostic().message())
                .contains("asks for too much memory");
    }

    @ParameterizedTest
    @EnumSource
    void garbageBehindTheLastMemberIsDamage(Packing packing) throws IOException {
        byte[] packed = packing.pack(TEXT);
        byte[] more = Arrays.copyOf(packed, packed.length + 100);
        Arrays.fill(more, packed.length, more.length, (byte) 'x');
        assertThat(Logs.refusal(more, ReadOptions.LENIENT).diagnostic().code()).isEqualTo(DiagnosticCode.TRUNCATED);
    }

    /** Lines that differ, so that they stay longer than any buffer when packed. */
    private static byte[] longText() {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LONG; i++) {
            text.append(Logs.PERF)
                    .append("kvm:kvm_entry: vcpu 2, rip 0x")
                    .append(Long.toHexString(random.nextLong()))
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
