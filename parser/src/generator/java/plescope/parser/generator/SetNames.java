package plescope.parser.generator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sets of bytes that are looked up instead of compared: where letters and digits mix, no processor predicts which comes next. */
final class SetNames {
    private static final int MAX_COMPARISONS = 3;

    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    /** For each byte the sets it belongs to, a bit each, in as many arrays as it takes. */
    private final List<long[]> sets = new ArrayList<>();

    /** Whether {@code c} is one of some bytes, as Java. */
    String test(ByteSet bytes) {
        return isLookedUp(bytes) ? lookUp(bytes) + " != 0" : bytes.test();
    }

    /** The contrary of {@link #test}. */
    String refusal(ByteSet bytes) {
        return isLookedUp(bytes) ? lookUp(bytes) + " == 0" : bytes.refusal();
    }

    /** False for a set whose few comparisons are better. */
    static boolean isLookedUp(ByteSet bytes) {
        return bytes.cost() > MAX_COMPARISONS;
    }

    private String lookUp(ByteSet bytes) {
        int number = numbers.computeIfAbsent(bytes.test(), key -> numbers.size());
        int array = number / Long.SIZE;
        long bit = 1L << number;
        if (array == sets.size()) {
            sets.add(new long[ModeAutomaton.BYTES]);
        }
        for (int b = 0; b < ModeAutomaton.BYTES; b++) {
            sets.get(array)[b] |= bytes.contains(b) ? bit : 0;
        }
        return "(" + name(array) + "[c & 0xff] & " + hex(bit) + ")";
    }

    private static String name(int array) {
        return "SETS" + array;
    }

    /** Writes the sets used so far. */
    void declare(JavaText out) {
        for (int array = 0; array < sets.size(); array++) {
            out.line("/** For each byte the sets it belongs to. */");
            out.line("private static final long[] " + name(array) + " = {");
            for (int row = 0; row < ModeAutomaton.BYTES; row += 4) {
                StringBuilder line = new StringBuilder();
                for (int b = row; b < row + 4; b++) {
                    line.append(hex(sets.get(array)[b])).append(b == row + 3 ? "," : ", ");
                }
                out.line(line.toString());
            }
            out.line("};");
        }
    }

    private static String hex(long bits) {
        return "0x" + Long.toHexString(bits) + "L";
    }
}
