package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Fuzz target: a packed log, damaged as the input says.
 *
 * <p>The first byte chooses the packing and how many bytes are damaged (none: it must read as the plain log does), three bytes make one
 * damage, all others are the log.
 */
public final class CompressionFuzz {
    private static final int MOST_DAMAGES = 4;
    private static final int BYTES_PER_DAMAGE = 3;

    private CompressionFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length < 1 + BYTES_PER_DAMAGE * MOST_DAMAGES) {
            return;
        }
        int choice = input[0] & 0xff;
        Packing packing = Packing.values()[choice % Packing.values().length];
        int damages = choice / Packing.values().length % (MOST_DAMAGES + 1);
        byte[] log = Arrays.copyOfRange(input, 1 + BYTES_PER_DAMAGE * damages, input.length);
        byte[] packed = packing.pack(log);
        if (damages == 0) {
            assertThat(read(packed)).isEqualTo(read(log));
            return;
        }
        for (int i = 1; i <= BYTES_PER_DAMAGE * damages; i += BYTES_PER_DAMAGE) {
            int at = (((input[i] & 0xff) << 8) | (input[i + 1] & 0xff)) % packed.length;
            packed[at] = input[i + 2];
        }
        ReaderFuzz.fuzzerTestOneInput(packed);
    }

    private static Object read(byte[] log) throws IOException {
        return Reading.of(new ByteArrayInputStream(log), "log.txt", Logs.TOLERANT)
                .rest();
    }
}
