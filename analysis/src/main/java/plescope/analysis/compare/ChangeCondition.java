package plescope.analysis.compare;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plescope.analysis.report.ReportException;

/**
 * A bound on what the second side comes to, written as conditions of replays are: {@code [VM.]MEASURE>NUMBER[%]}. {@code +10%} and
 * {@code -10%} count from the first side's value, {@code 110%} is a share of it, a number alone is a value of the second side.
 * Bounds on changes hold only for changes beyond chance; {@code any} holds for any change.
 *
 * @param scope name of a VM, or {@code host}
 */
public record ChangeCondition(String text, String scope, String measure, boolean above, double number, Form form) {
    private static final String ANY = "any";
    private static final Pattern WRITTEN =
            Pattern.compile("\\s*(?:(.+)\\.)?([^.<>=]+?)\\s*(>=|<=|>|<)\\s*([+-]?)([0-9.]+)\\s*(%?)\\s*");

    /** What the number is. */
    public enum Form {
        ANY_CHANGE,
        VALUE,
        PERCENT_OF_FIRST
    }

    /** Reads a condition; what is wrong with it is said in the exception's message. */
    public static ChangeCondition parse(String text) {
        if (text.strip().equals(ANY)) {
            return new ChangeCondition(ANY, "", "", true, 0, Form.ANY_CHANGE);
        }
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new ReportException("condition '" + text
                    + "' is not of the form [VM.]MEASURE>NUMBER[%], such as ple_exits>+10%, or: " + ANY);
        }
        boolean percent = !written.group(6).isEmpty();
        String sign = written.group(4);
        double number = number(text, written.group(5));
        if (!percent && !sign.isEmpty()) {
            throw new ReportException("condition '" + text + "': a change is given in percent, such as +10%");
        }
        double share = sign.isEmpty() ? number : 100 + (sign.equals("-") ? -number : number);
        return new ChangeCondition(
                text.strip(),
                written.group(1) == null ? "" : written.group(1),
                written.group(2),
                written.group(3).startsWith(">"),
                percent ? share : number,
                percent ? Form.PERCENT_OF_FIRST : Form.VALUE);
    }

    private static double number(String text, String digits) {
        try {
            return new BigDecimal(digits).doubleValue();
        } catch (NumberFormatException e) {
            throw new ReportException("condition '" + text + "': '" + digits + "' is not a number", e);
        }
    }

    /** Measures with that name in that scope; @throws ReportException if there is none */
    public List<Difference> about(Comparison comparison) {
        if (form == Form.ANY_CHANGE) {
            return comparison.differences();
        }
        String asked = scope.isEmpty() && comparison.pairs().size() > 1
                ? SideBySide.HOST
                : scope.isEmpty() ? comparison.pairs().get(0).name() : scope;
        List<Difference> found = comparison.differences().stream()
                .filter(d -> d.measure().equals(measure) && d.scope().equals(asked))
                .toList();
        if (found.isEmpty()) {
            throw new ReportException("condition '" + text + "': there is no '" + measure + "' of '" + asked
                    + "'; known are: "
                    + String.join(
                            ", ",
                            comparison.differences().stream()
                                    .map(d -> d.scope() + "." + d.measure())
                                    .toList()));
        }
        return found;
    }

    /** Whether a difference meets it. */
    public boolean holds(Difference difference) {
        return switch (form) {
            case ANY_CHANGE -> difference.verdict().isChange();
            case VALUE -> beyond(difference.b(), number);
            case PERCENT_OF_FIRST ->
                difference.verdict().isChange() && beyond(difference.b(), difference.a() * number / 100);
        };
    }

    /** Equal counts as met: no two measured values are. */
    private boolean beyond(double value, double bound) {
        return above ? value >= bound : value <= bound;
    }
}
