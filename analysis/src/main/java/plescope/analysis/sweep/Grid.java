package plescope.analysis.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;

/**
 * What-ifs as the product of axes. An axis is {@code NAME=VALUE,VALUE,...}; values with commas of their own are separated by
 * {@code |}; ranges such as {@code 1ms..4ms/4} stand for their values wherever they occur. The axis {@code setting} names whole
 * settings or, with a leading {@code +}, policies to add.
 */
public record Grid(List<Axis> axes) {
    /** More what-ifs are a typing error: at ten replays a second they take three hours. */
    static final int MOST_CELLS = 100_000;

    private static final String SETTING = "setting";

    public Grid {
        axes = List.copyOf(axes);
    }

    /** One thing that is varied. */
    public record Axis(String name, List<String> values) {
        public Axis {
            values = List.copyOf(values);
        }
    }

    /** Reads the axes. */
    public static Grid parse(List<String> texts) {
        List<Axis> axes = new ArrayList<>();
        long cells = 1;
        for (String text : texts) {
            Axis axis = axis(text);
            cells *= axis.values().size();
            if (cells > MOST_CELLS) {
                throw new IllegalArgumentException("the grid has more than " + MOST_CELLS + " cells");
            }
            axes.add(axis);
        }
        return new Grid(axes);
    }

    private static Axis axis(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0 || text.substring(equals + 1).isBlank()) {
            throw new IllegalArgumentException("grid '" + text + "' is not of the form NAME=VALUE,VALUE,...");
        }
        String name = text.substring(0, equals).trim();
        List<String> values = new ArrayList<>();
        for (String value : split(text.substring(equals + 1))) {
            if (value.isBlank()) {
                throw new IllegalArgumentException("grid '" + text + "' has an empty value");
            }
            values.addAll(expand(value.trim(), ValueRange::values));
        }
        return new Axis(name, values);
    }

    /** All texts a text stands for: every range in it replaced by each of its values. */
    static List<String> expand(String text, Function<ValueRange, List<String>> valuesOf) {
        Matcher range = ValueRange.in(text);
        if (!range.find()) {
            return List.of(text);
        }
        List<String> all = new ArrayList<>();
        List<String> rests = expand(text.substring(range.end()), valuesOf);
        for (String value : valuesOf.apply(ValueRange.of(range))) {
            for (String rest : rests) {
                all.add(text.substring(0, range.start()) + value + rest);
            }
            if (all.size() > MOST_CELLS) {
                throw new IllegalArgumentException("'" + text + "' stands for more than " + MOST_CELLS + " values");
            }
        }
        return all;
    }

    /** Splits at commas outside braces, or where there are any at bars. */
    private static List<String> split(String text) {
        char separator = text.indexOf('|') >= 0 ? '|' : ',';
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == separator && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    /** The text of every what-if, the last axis varying fastest. */
    public List<String> whatIfs() {
        List<String> settings = List.of("");
        List<String> changes = List.of("");
        for (Axis axis : axes) {
            if (axis.name().equals(SETTING)) {
                settings = product(settings, axis.values(), "+");
            } else {
                changes = product(
                        changes,
                        axis.values().stream()
                                .map(value -> axis.name() + "=" + value)
                                .toList(),
                        "; ");
            }
        }
        return product(settings, changes, "; ");
    }

    private static List<String> product(List<String> left, List<String> right, String joint) {
        List<String> all = new ArrayList<>();
        for (String a : left) {
            for (String b : right) {
                boolean joined = a.isEmpty() || b.isEmpty() || b.startsWith("+");
                all.add(a + (joined ? "" : joint) + b);
            }
        }
        return all;
    }
}
