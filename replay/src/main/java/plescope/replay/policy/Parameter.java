package plescope.replay.policy;

import java.math.BigDecimal;

/**
 * One number a policy can be tuned with.
 *
 * @param defaultValue in the unit's base (ns for durations)
 * @param min smallest allowed value
 * @param max largest allowed value
 * @param meaning one sentence
 */
public record Parameter(String name, long defaultValue, Unit unit, long min, long max, String meaning) {
    /** What the number counts. */
    public enum Unit {
        /** Written with a suffix: {@code 2.8ms}. */
        NANOSECONDS,
        /** A plain integer. */
        COUNT,
        /** 0 or 1. */
        FLAG
    }

    /** Reads a value of this parameter. */
    long parse(String text) {
        long value =
                switch (unit) {
                    case NANOSECONDS -> parseDuration(text);
                    case COUNT, FLAG -> parseCount(text);
                };
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " must lie in " + format(min) + ".." + format(max) + ", was " + text);
        }
        return value;
    }

    /** The value as {@link #parse} reads it. */
    String format(long value) {
        return switch (unit) {
            case NANOSECONDS -> formatDuration(value);
            case COUNT, FLAG -> Long.toString(value);
        };
    }

    private long parseCount(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be an integer, was '" + text + "'", e);
        }
    }

    private long parseDuration(String text) {
        int digits = 0;
        while (digits < text.length() && (Character.isDigit(text.charAt(digits)) || text.charAt(digits) == '.')) {
            digits++;
        }
        try {
            return new BigDecimal(text.substring(0, digits))
                    .scaleByPowerOfTen(exponentOf(text.substring(digits)))
                    .longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + " must be a duration such as 2.8ms, 600us or 500ns, was '" + text + "'", e);
        }
    }

    private static int exponentOf(String suffix) {
        return switch (suffix) {
            case "s" -> 9;
            case "ms" -> 6;
            case "us" -> 3;
            case "ns" -> 0;
            default -> throw new NumberFormatException(suffix);
        };
    }

    private static String formatDuration(long ns) {
        BigDecimal value = BigDecimal.valueOf(ns);
        if (ns >= 1_000_000) {
            return value.movePointLeft(6).stripTrailingZeros().toPlainString() + "ms";
        }
        return ns >= 1_000 ? value.movePointLeft(3).stripTrailingZeros().toPlainString() + "us" : ns + "ns";
    }
}
