package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Fuzz target: any bytes as a log that several threads read, which must be read as one thread reads it.
 *
 * <p>The first byte chooses how many threads, the second the length of a chunk.
 */
public final class ThreadsFuzz {
    private static final int HEAD = 2;
    private static final int MOST_THREADS = 4;

    private ThreadsFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length < HEAD) {
            return;
        }
        byte[] log = Arrays.copyOfRange(input, HEAD, input.length);
        int threads = 2 + (input[0] & 0xff) % (MOST_THREADS - 1);
        int chunk = 1 + 4 * (input[1] & 0xff);
        Reading alone = Reading.of(new ByteArrayInputStream(log), "log.txt", Logs.TOLERANT);
        Reading together =
                Reading.of(new ByteArrayInputStream(log), "log.txt", Logs.TOLERANT.withThreads(threads), chunk);
        assertThat(together.firstDifference(alone)).isEqualTo(-1);
        assertThat(together.rest()).isEqualTo(alone.rest());
    }
}
