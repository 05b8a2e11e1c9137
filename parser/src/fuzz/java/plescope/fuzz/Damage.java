package plescope.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Several random damages to the bytes of one input, which may take parts of others. */
final class Damage {
    private static final int MOST = 6;
    private static final int LONGEST_PART = 64;

    /** Bytes that end, part or begin something in some format. */
    private static final byte[] TELLING = {
        0, '\n', '\r', '\t', ' ', '"', '#', '%', '(', ')', ',', '-', '.', '/', '0', '9', ':', ';', '=', '>', '[', ']',
        '{', '}', 0x7f, -1
    };

    private final List<byte[]> inputs;
    private final SplittableRandom random;

    Damage(List<byte[]> inputs, SplittableRandom random) {
        this.inputs = inputs;
        this.random = random;
    }

    /** One of the inputs, damaged. */
    byte[] next() {
        byte[] bytes = any();
        for (int i = 1 + random.nextInt(MOST); i > 0; i--) {
            bytes = once(bytes);
        }
        return bytes;
    }

    private byte[] any() {
        return inputs.get(random.nextInt(inputs.size()));
    }

    private byte[] once(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int length = random.nextInt(LONGEST_PART);
        return switch (random.nextInt(7)) {
            case 0 -> replaced(bytes, at, 1, new byte[] {(byte) random.nextInt(256)});
            case 1 -> replaced(bytes, at, 1, new byte[] {TELLING[random.nextInt(TELLING.length)]});
            case 2 -> replaced(bytes, at, length, new byte[0]);
            case 3 -> replaced(bytes, at, 0, part(bytes, length));
            case 4 -> replaced(bytes, at, length, part(any(), random.nextInt(LONGEST_PART)));
            case 5 -> replaced(bytes, at, 0, new byte[] {TELLING[random.nextInt(TELLING.length)]});
            default -> replaced(bytes, at, random.nextInt(8) == 0 ? bytes.length : 0, number());
        };
    }

    private byte[] part(byte[] bytes, int length) {
        int from = random.nextInt(bytes.length + 1);
        return Arrays.copyOfRange(bytes, from, Math.min(from + length, bytes.length));
    }

    /** Numbers at which counters of 32 and 64 bits turn over. */
    private byte[] number() {
        long[] edges = {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE};
        String digits = Long.toString(edges[random.nextInt(edges.length)]);
        return digits.repeat(1 + random.nextInt(2)).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] replaced(byte[] bytes, int at, int count, byte[] by) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + by.length);
        int behind = Math.min(at + count, bytes.length);
        out.write(bytes, 0, at);
        out.writeBytes(by);
        out.write(bytes, behind, bytes.length - behind);
        return out.toByteArray();
    }
}
