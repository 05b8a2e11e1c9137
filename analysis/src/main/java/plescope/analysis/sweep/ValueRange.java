package plescope.analysis.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values between two bounds as a user writes them: {@code 1ms..4ms/4} is four evenly spaced values, {@code 1024..16384*2} doubles
 * from the first on, and {@code 1024..16384} leaves the spacing to a search.
 *
 * @param first in nanoseconds where it is a time
 * @param time whether units were given
 * @param spacing how many values, the factor between neighbours, or null
 */
record ValueRange(BigDecimal first, BigDecimal last, boolean time, Spacing kind, BigDecimal spacing) {
    /** Values with this much between the bounds are searched by factors, others by steps. */
    private static final BigDecimal WIDE = BigDecimal.valueOf(8);

    /** Decimals of a ratio, as policies read them. */
    private static final int RATIO_DIGITS = 4;

    /** More are a typing error. */
    private static final int MOST = 10_000;

    private static final String NUMBER = "(\\d+(?:\\.\\d+)?)(ns|us|ms|s)?";
    private static final Pattern FORM =
            Pattern.compile("(?<![\\w.])" + NUMBER + "\\.\\." + NUMBER + "(?:([/*])(\\d+(?:\\.\\d+)?))?");

    /** What follows the bounds. */
    enum Spacing {
        OPEN,
        COUNT,
        FACTOR
    }

    /** Finds the first range of a text. */
    static Matcher in(String text) {
        return FORM.matcher(text);
    }

    /** The range that {@link #in} found. */
    static ValueRange of(MatchResult found) {
        String lastUnit = found.group(4);
        String firstUnit = found.group(2) == null ? lastUnit : found.group(2);
        if (firstUnit != null && lastUnit == null) {
            throw wrong(found, "its last value has no unit");
        }
        BigDecimal first = scaled(found.group(1), firstUnit);
        BigDecimal last = scaled(found.group(3), lastUnit);
        if (last.compareTo(first) <= 0) {
            throw wrong(found, "its last value must be above its first");
        }
        Spacing kind =
                found.group(5) == null ? Spacing.OPEN : found.group(5).equals("/") ? Spacing.COUNT : Spacing.FACTOR;
        BigDecimal spacing = kind == Spacing.OPEN ? null : new BigDecimal(found.group(6));
        ValueRange range = new ValueRange(first, last, lastUnit != null, kind, spacing);
        range.check(found);
        return range;
    }

    private void check(MatchResult found) {
        if (kind == Spacing.COUNT
                && (spacing.scale() > 0
                        || spacing.compareTo(BigDecimal.valueOf(2)) < 0
                        || spacing.compareTo(BigDecimal.valueOf(MOST)) > 0)) {
            throw wrong(found, "the number of values after / must be a whole number of 2 to " + MOST);
        }
        if (kind == Spacing.FACTOR && (spacing.compareTo(BigDecimal.ONE) <= 0 || first.signum() == 0)) {
            throw wrong(found, "values multiply only from above 0 and by a factor above 1");
        }
    }

    private static IllegalArgumentException wrong(MatchResult found, String why) {
        return new IllegalArgumentException("range '" + found.group() + "': " + why);
    }

    private static BigDecimal scaled(String digits, String unit) {
        int exponent =
                switch (unit == null ? "" : unit) {
                    case "s" -> 9;
                    case "ms" -> 6;
                    case "us" -> 3;
                    default -> 0;
                };
        return new BigDecimal(digits).scaleByPowerOfTen(exponent);
    }

    /** The values as written. @throws IllegalArgumentException where the range does not say which */
    List<String> values() {
        return switch (kind) {
            case COUNT -> linear(spacing.intValueExact());
            case FACTOR -> geometric();
            case OPEN ->
                throw new IllegalArgumentException("range '" + text(first) + ".." + text(last)
                        + "' must say which values it holds: /N for N evenly spaced ones, *F for a factor");
        };
    }

    /** The values, or where the range leaves them open at most so many. */
    List<String> ladder(int most) {
        if (kind != Spacing.OPEN) {
            return values();
        }
        boolean wide = first.signum() > 0 && last.compareTo(first.multiply(WIDE)) >= 0;
        return wide ? byFactors(most) : linear(most);
    }

    private List<String> linear(int count) {
        Set<String> values = new LinkedHashSet<>();
        BigDecimal span = last.subtract(first);
        for (int i = 0; i < count; i++) {
            values.add(text(first.add(span.multiply(BigDecimal.valueOf(i))
                    .divide(BigDecimal.valueOf(count - 1L), MathContext.DECIMAL64))));
        }
        return List.copyOf(values);
    }

    private List<String> geometric() {
        List<String> values = new ArrayList<>();
        for (BigDecimal value = first;
                value.compareTo(last) <= 0;
                value = value.multiply(spacing, MathContext.DECIMAL64)) {
            values.add(text(value));
            if (values.size() > MOST) {
                throw new IllegalArgumentException("range '" + text(first) + ".." + text(last) + "*" + spacing
                        + "' has more than " + MOST + " values");
            }
        }
        return new ArrayList<>(new LinkedHashSet<>(values));
    }

    private List<String> byFactors(int count) {
        Set<String> values = new LinkedHashSet<>();
        double ratio = StrictMath.log(last.doubleValue() / first.doubleValue());
        for (int i = 0; i < count - 1; i++) {
            values.add(text(
                    first.multiply(BigDecimal.valueOf(StrictMath.exp(ratio * i / (count - 1))), new MathContext(3))));
        }
        values.add(text(last));
        return List.copyOf(values);
    }

    private String text(BigDecimal value) {
        if (time) {
            return duration(value.setScale(0, RoundingMode.HALF_UP));
        }
        boolean whole = first.stripTrailingZeros().scale() <= 0
                && last.stripTrailingZeros().scale() <= 0;
        return plain(value.setScale(whole ? 0 : RATIO_DIGITS, RoundingMode.HALF_UP));
    }

    private static String duration(BigDecimal ns) {
        if (ns.compareTo(BigDecimal.valueOf(1_000_000)) >= 0) {
            return plain(ns.movePointLeft(6)) + "ms";
        }
        return ns.compareTo(BigDecimal.valueOf(1_000)) >= 0 ? plain(ns.movePointLeft(3)) + "us" : plain(ns) + "ns";
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
