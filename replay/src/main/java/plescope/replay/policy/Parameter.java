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
    /** {@link Unit#AUTO_FLAG}: neither 0 nor 1, but what the machine or the kernel version says. */
    static final long AUTO = -1;

    /** What 1 of a {@link Unit#RATIO} is in base units. */
    public static final long ONE = 10_000;

    private static final int RATIO_DIGITS = 4;

    /** What the number counts. */
    public enum Unit {
        /** Written with a suffix: {@code 2.8ms}. */
        NANOSECONDS,
        /** A plain integer. */
        COUNT,
        /** 0 or 1. */
        FLAG,
        /** 0, 1 or {@code auto}. */
        AUTO_FLAG,
        /** A decimal number with up to four digits after the point; its base is a ten-thousandth. */
        RATIO
    }

    /** On or off. */
    public static Parameter flag(String name, boolean defaultValue, String meaning) {
        return new Parameter(name, defaultValue ? 1 : 0, Unit.FLAG, 0, 1, meaning);
    }

    /** On, off, or what the machine or the kernel version says. */
    public static Parameter autoFlag(String name, String meaning) {
        return new Parameter(name, AUTO, Unit.AUTO_FLAG, AUTO, 1, meaning);
    }

    /** A whole number. */
    public static Parameter count(String name, long defaultValue, long min, long max, String meaning) {
        return new Parameter(name, defaultValue, Unit.COUNT, min, max, meaning);
    }

    /** A time. */
    public static Parameter duration(String name, long defaultNs, long minNs, long maxNs, String meaning) {
        return new Parameter(name, defaultNs, Unit.NANOSECONDS, minNs, maxNs, meaning);
    }

    /** A factor from 0 to 100, in ten-thousandths. */
    public static Parameter ratio(String name, long defaultValue, String meaning) {
        return new Parameter(name, defaultValue, Unit.RATIO, 0, 100 * ONE, meaning);
    }

    /** The smallest and the largest value, as written. */
    public String range() {
        return format(min) + ".." + format(max);
    }

    /** Reads a value of this parameter. */
    long parse(String text) {
        long value =
                switch (unit) {
                    case NANOSECONDS -> parseDuration(text);
                    case COUNT, FLAG -> parseCount(text);
                    case AUTO_FLAG -> text.equals("auto") ? AUTO : parseCount(text);
                    case RATIO -> parseRatio(text);
                };
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must lie in " + range() + ", was " + text);
        }
        return value;
    }

    /** The value as {@link #parse} reads it. */
    public String format(long value) {
        return switch (unit) {
            case NANOSECONDS -> formatDuration(value);
            case COUNT, FLAG -> Long.toString(value);
            case AUTO_FLAG -> value == AUTO ? "auto" : Long.toString(value);
            case RATIO -> plain(BigDecimal.valueOf(value, RATIO_DIGITS));
        };
    }

    private long parseCount(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be an integer, was '" + text + "'", e);
        }
    }

    private long parseRatio(String text) {
        try {
            return new BigDecimal(text).movePointRight(RATIO_DIGITS).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + " must be a number with at most " + RATIO_DIGITS + " decimals, was '" + text + "'", e);
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
            return plain(value.movePointLeft(6)) + "ms";
        }
        return ns >= 1_000 ? plain(value.movePointLeft(3)) + "us" : ns + "ns";
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
