package plescope.parser.generator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A set of bytes and how Java asks for membership. Java's bytes are signed: 0x80..0xff come before 0. */
final class ByteSet {
    private static final int SIGN = 128;

    /** Members by their value as Java's byte, plus 128. */
    private final BitSet members = new BitSet(ModeAutomaton.BYTES);

    void add(int b) {
        members.set((byte) b + SIGN);
    }

    boolean contains(int b) {
        return members.get((byte) b + SIGN);
    }

    int size() {
        return members.cardinality();
    }

    /** The only member. */
    int single() {
        return members.nextSetBit(0) - SIGN;
    }

    /** A condition on the Java variable {@code c}. */
    String test() {
        List<String> inside = ranges(members, "==", ">=", "<=", " && ");
        BitSet others = (BitSet) members.clone();
        others.flip(0, ModeAutomaton.BYTES);
        List<String> outside = ranges(others, "!=", "<", ">", " || ");
        return inside.size() <= outside.size() ? join(inside, " || ") : join(outside, " && ");
    }

    /** The contrary of {@link #test}. */
    String refusal() {
        ByteSet others = new ByteSet();
        others.members.or(members);
        others.members.flip(0, ModeAutomaton.BYTES);
        return others.test();
    }

    /** How many comparisons {@link #test} makes, about. */
    int cost() {
        return test().split("&&|\\|\\|", -1).length;
    }

    private static List<String> ranges(BitSet set, String equal, String low, String high, String and) {
        List<String> ranges = new ArrayList<>();
        for (int from = set.nextSetBit(0); from >= 0; ) {
            int to = set.nextClearBit(from);
            ranges.add(range(from - SIGN, to - 1 - SIGN, equal, low, high, and));
            from = set.nextSetBit(to);
        }
        return ranges;
    }

    private static String range(int from, int to, String equal, String low, String high, String and) {
        if (from == to) {
            return "c " + equal + " " + literal(from);
        }
        if (from == Byte.MIN_VALUE) {
            return "c " + high + " " + literal(to);
        }
        if (to == Byte.MAX_VALUE) {
            return "c " + low + " " + literal(from);
        }
        return "c " + low + " " + literal(from) + and + "c " + high + " " + literal(to);
    }

    private static String join(List<String> parts, String with) {
        if (parts.isEmpty()) {
            return with.equals(" || ") ? "false" : "true";
        }
        StringBuilder joined = new StringBuilder();
        for (String part : parts) {
            boolean bracket = parts.size() > 1 && part.contains(" c ") && !part.contains(with);
            joined.append(joined.length() == 0 ? "" : with).append(bracket ? "(" + part + ")" : part);
        }
        return joined.toString();
    }

    /** A byte as a person reads it. */
    static String literal(int b) {
        return switch (b) {
            case '\n' -> "'\\n'";
            case '\t' -> "'\\t'";
            case '\'' -> "'\\''";
            case '\\' -> "'\\\\'";
            default -> b >= ' ' && b < 127 ? "'" + (char) b + "'" : Integer.toString(b);
        };
    }
}
