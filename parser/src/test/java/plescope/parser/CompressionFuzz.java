package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Fuzz target: a packed log, damaged as the input says.
 *
 * <p>The first byte chooses the packing, in how many members, and how many bytes are damaged (none: it must read as the plain log does);
 * three bytes make one damage, all others are the log.
 */
public final class CompressionFuzz {
    private static final int MOST_DAMAGES = 4;
    private static final int MOST_MEMBERS = 3;
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
        int members = 1 + choice / Packing.values().length / (MOST_DAMAGES + 1) % MOST_MEMBERS;
        byte[] packed = packed(packing, log, members);
        if (damages == 0) {
            List<Object> plain = read(new ByteArrayInputStream(log));
            assertThat(read(new ByteArrayInputStream(packed))).isEqualTo(plain);
            assertThat(read(new SlowStream(packed, packing.pack(part(log, 0, members)).length)))
                    .isEqualTo(plain);
            return;
        }
        for (int i = 1; i <= BYTES_PER_DAMAGE * damages; i += BYTES_PER_DAMAGE) {
            int at = (((input[i] & 0xff) << 8) | (input[i + 1] & 0xff)) % packed.length;
            packed[at] = input[i + 2];
        }
        ReaderFuzz.fuzzerTestOneInput(packed);
    }

    private static byte[] packed(Packing packing, byte[] log, int members) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (int i = 0; i < members; i++) {
            packed.writeBytes(packing.pack(part(log, i, members)));
        }
        return packed.toByteArray();
    }

    private static byte[] part(byte[] log, int i, int of) {
        return Arrays.copyOfRange(log, i * log.length / of, (i + 1) * log.length / of);
    }

    private static List<Object> read(InputStream log) throws IOException {
        return Reading.of(log, "log.txt", Logs.TOLERANT).rest();
    }
}
