package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Fuzz target: any bytes as a log.
 *
 * <p>Whatever they are, they are read or refused, by both parsers alike, in one order of time, and however the bytes trickle in.
 */
public final class ReaderFuzz {
    private ReaderFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] log) throws IOException {
        int hash = (Arrays.hashCode(log) * 0x9E3779B9) >>> 16;
        ReadOptions options = new ReadOptions(
                        (hash & 1) != 0,
                        (hash & 2) != 0 ? 1.0 : ReadOptions.DEFAULT_MAX_LOSS,
                        (hash & 4) != 0 ? 0 : ReadOptions.DEFAULT_REORDER_WINDOW_NS)
                .withRejoin((hash & 8) != 0)
                .withClockHz((hash & 16) != 0 ? 0 : 2_700_000_000L);
        Reading stock = read(new ByteArrayInputStream(log), options.withParser(ParserKind.STOCK));
        Reading compiled = read(new ByteArrayInputStream(log), options);
        assertSame(compiled, stock);
        assertSame(read(new SlowStream(log, 1 + (hash >>> 5) % 61), options), compiled);
    }

    private static Reading read(InputStream log, ReadOptions options) throws IOException {
        return Reading.of(log, "log.txt", options);
    }

    private static void assertSame(Reading one, Reading other) {
        assertThat(one.firstDifference(other)).isEqualTo(-1);
        assertThat(one.rest()).isEqualTo(other.rest());
        assertThat(one.isInOrder()).isTrue();
    }
}
