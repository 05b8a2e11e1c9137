package plescope.replay.whatif;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plescope.replay.model.Roster;
import plescope.replay.policy.EditDistance;

/**
 * A bound on what a replay comes to, written {@code [VM.]MEASURE>NUMBER[%]}: for gates ({@code --fail-on}) and for searches
 * ({@code --subject-to}). Without a VM it is about the host.
 *
 * @param vm name of a VM, null for the host
 * @param number in the measure's unit, or in percent of the identity replay's value
 * @param ofIdentity whether {@code number} is relative: {@code throughput<95%} is less than 95 percent of the identity replay's
 */
public record Condition(String vm, Measure measure, Comparison comparison, BigDecimal number, boolean ofIdentity) {
    private static final Pattern FORM =
            Pattern.compile("\\s*(?:(.+)\\.)?([^.<>=]+?)\\s*(>=|<=|>|<)\\s*(\\S+?)\\s*(%?)\\s*");

    private static final double PERCENT = 100;

    /** How value and number compare where the condition is met. */
    public enum Comparison {
        ABOVE(">"),
        AT_LEAST(">="),
        BELOW("<"),
        AT_MOST("<=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        private boolean holds(double left, double right) {
            return switch (this) {
                case ABOVE -> left > right;
                case AT_LEAST -> left >= right;
                case BELOW -> left < right;
                case AT_MOST -> left <= right;
            };
        }
    }

    /** Reads a condition; what is wrong with it is said in the exception's message. */
    public static Condition parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "condition '" + text + "' is not of the form [VM.]MEASURE>NUMBER[%]; > may be >=, < or <=");
        }
        Measure measure = Measure.find(form.group(2));
        if (measure == null) {
            throw new IllegalArgumentException("condition '" + text + "': unknown measure '" + form.group(2)
                    + "', nearest is '" + EditDistance.nearest(form.group(2), labels()) + "'; known are: "
                    + String.join(", ", labels()));
        }
        return new Condition(
                form.group(1),
                measure,
                comparison(form.group(3)),
                number(text, form.group(4)),
                !form.group(5).isEmpty());
    }

    private static Comparison comparison(String sign) {
        return Arrays.stream(Comparison.values())
                .filter(comparison -> comparison.sign.equals(sign))
                .findFirst()
                .orElseThrow();
    }

    private static BigDecimal number(String text, String digits) {
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("condition '" + text + "': '" + digits + "' is not a number", e);
        }
    }

    private static List<String> labels() {
        return Arrays.stream(Measure.values()).map(Measure::label).toList();
    }

    /** Throws {@code IllegalArgumentException} if it names a VM that is not there. */
    public void check(Roster roster) {
        scope(roster);
    }

    /** What it looks at; NaN where the schedule does not show it. */
    public double value(Roster roster, Measures measures) {
        int scope = scope(roster);
        return scope < 0 ? measures.host().getOrDefault(measure, Double.NaN) : measures.of(scope, measure);
    }

    /** Whether it is met. Never where the schedule, or the identity replay it is relative to, does not show the measure. */
    public boolean holds(Roster roster, Measures replayed, Measures identity) {
        double bound = number.doubleValue() * (ofIdentity ? value(roster, identity) / PERCENT : 1);
        return comparison.holds(value(roster, replayed), bound);
    }

    private int scope(Roster roster) {
        if (vm == null) {
            return -1;
        }
        List<String> names = roster.vms().stream().map(Roster.Vm::name).toList();
        if (!names.contains(vm)) {
            throw new IllegalArgumentException(
                    "condition '" + this + "': there is no VM '" + vm + "'; known are: " + String.join(", ", names));
        }
        return names.indexOf(vm);
    }

    @Override
    public String toString() {
        return (vm == null ? "" : vm + ".")
                + measure.label()
                + comparison.sign
                + number.toPlainString()
                + (ofIdentity ? "%" : "");
    }
}
