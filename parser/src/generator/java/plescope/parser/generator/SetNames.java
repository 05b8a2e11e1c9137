package plescope.parser.generator;

import java.util.LinkedHashMap;
import java.util.Map;

/** Sets of bytes that are looked up instead of compared: where letters and digits mix, no processor predicts which comes next. */
final class SetNames {
    private static final int MAX_COMPARISONS = 3;

    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final int[] sets = new int[ModeAutomaton.BYTES];

    /** Whether {@code c} is one of some bytes, as Java. */
    String test(ByteSet bytes) {
        int bit = bit(bytes);
        return bit == 0 ? bytes.test() : "(SETS[c & 0xff] & " + hex(bit) + ") != 0";
    }

    /** The contrary of {@link #test}. */
    String refusal(ByteSet bytes) {
        int bit = bit(bytes);
        return bit == 0 ? bytes.refusal() : "(SETS[c & 0xff] & " + hex(bit) + ") == 0";
    }

    /** The bit of a set, 0 if its few comparisons are better. */
    private int bit(ByteSet bytes) {
        if (bytes.cost() <= MAX_COMPARISONS) {
            return 0;
        }
        int number = numbers.computeIfAbsent(bytes.test(), key -> numbers.size());
        if (number >= Integer.SIZE) {
            return 0;
        }
        for (int b = 0; b < ModeAutomaton.BYTES; b++) {
            sets[b] |= bytes.contains(b) ? 1 << number : 0;
        }
        return 1 << number;
    }

    /** Writes the sets used so far. */
    void declare(JavaText out) {
        out.line("/** For each byte the sets it belongs to. */");
        out.line("private static final int[] SETS = {");
        for (int row = 0; row < ModeAutomaton.BYTES; row += 8) {
            StringBuilder line = new StringBuilder();
            for (int b = row; b < row + 8; b++) {
                line.append(hex(sets[b])).append(b == row + 7 ? "," : ", ");
            }
            out.line(line.toString());
        }
        out.line("};");
    }

    private static String hex(int bits) {
        return "0x" + Integer.toHexString(bits);
    }
}
