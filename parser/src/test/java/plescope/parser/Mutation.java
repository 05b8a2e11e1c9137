package plescope.parser;

import java.util.Arrays;
import java.util.SplittableRandom;

/** One random damage to a line, of the kinds that disks, mails and full pipes do. */
final class Mutation {
    private static final int LONGEST_COPY = 12;

    private Mutation() {}

    static byte[] of(byte[] line, SplittableRandom random) {
        byte[] bytes = line.clone();
        if (bytes.length < 2) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> bytes[at] = (byte) (random.nextInt(255) + 1);
            case 1 -> bytes = Arrays.copyOf(bytes, at);
            case 2 -> System.arraycopy(line, at, bytes, Math.max(at - 1, 0), bytes.length - at);
            default -> {
                int other = random.nextInt(bytes.length);
                int length = Math.min(random.nextInt(LONGEST_COPY), bytes.length - Math.max(at, other));
                System.arraycopy(line, other, bytes, at, length);
            }
        }
        return bytes;
    }
}
