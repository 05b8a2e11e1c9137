package plescope.analysis.html;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as sentences say them. */
final class Wording {
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);
    private static final String[] UNITS = {"ns", "µs", "ms", "s"};

    private Wording() {}

    /** A length of time with three digits: {@code 1.09 ms}. */
    static String duration(long ns) {
        BigDecimal value = BigDecimal.valueOf(ns).round(THREE_DIGITS);
        int unit = 0;
        while (unit < UNITS.length - 1 && value.abs().compareTo(BigDecimal.valueOf(1000)) >= 0) {
            value = value.movePointLeft(3);
            unit++;
        }
        return plain(value) + " " + UNITS[unit];
    }

    /** A moment, to the microsecond: {@code 1668.248 ms}. */
    static String moment(long ns) {
        return plain(BigDecimal.valueOf(ns, 6).setScale(3, RoundingMode.HALF_EVEN)) + " ms";
    }

    static String percent(double percent) {
        return plain(BigDecimal.valueOf(percent).setScale(1, RoundingMode.HALF_EVEN)) + " %";
    }

    /** A ratio with three digits: {@code 1.26}. */
    static String ratio(double ratio) {
        return plain(BigDecimal.valueOf(ratio).round(THREE_DIGITS));
    }

    /** {@code 1 burst}, {@code 2 bursts}. */
    static String count(long count, String singular) {
        return grouped(count) + " " + singular + (count == 1 ? "" : "s");
    }

    /** Digits in groups of three, parted by thin spaces that do not break. */
    static String grouped(long count) {
        StringBuilder digits = new StringBuilder(Long.toString(count));
        for (int at = digits.length() - 3; at > (count < 0 ? 1 : 0); at -= 3) {
            digits.insert(at, '\u202f');
        }
        return digits.toString();
    }

    /** Where the log says it, empty in replays. */
    static String atLine(PageTable.Row row, String column) {
        return row.has(column) ? " (line " + row.count(column) + ")" : "";
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
