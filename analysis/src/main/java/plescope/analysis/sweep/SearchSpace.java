package plescope.analysis.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import plescope.replay.policy.PolicySpec;

/** What-ifs that differ in a few numbers: a text with gaps and what may stand in each. */
public final class SearchSpace {
    private final List<String> pieces;
    private final List<Dimension> dimensions;

    private SearchSpace(List<String> pieces, List<Dimension> dimensions) {
        this.pieces = List.copyOf(pieces);
        this.dimensions = List.copyOf(dimensions);
    }

    /** A what-if with ranges such as {@code 500us..8ms} in place of numbers. */
    public static SearchSpace ofTemplate(String text) {
        List<String> pieces = new ArrayList<>();
        List<Dimension> dimensions = new ArrayList<>();
        Matcher range = ValueRange.in(text);
        int from = 0;
        while (range.find()) {
            pieces.add(text.substring(from, range.start()));
            dimensions.add(new Dimension(
                    nameBefore(text, range.start()), ValueRange.of(range).ladder(Dimension.VALUES)));
            from = range.end();
        }
        if (dimensions.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + text + "' leaves nothing to search; write a range such as 500us..8ms in place of a number");
        }
        pieces.add(text.substring(from));
        return new SearchSpace(pieces, dimensions);
    }

    /** The word before the equals sign before a range. */
    private static String nameBefore(String text, int range) {
        int end = text.lastIndexOf('=', range);
        int start = end;
        while (start > 0 && (Character.isLetterOrDigit(text.charAt(start - 1)) || text.charAt(start - 1) == '_')) {
            start--;
        }
        return end < 0 ? text : text.substring(start, end);
    }

    /** A policy beside those of the recorded setting, with all its parameters open. */
    public static SearchSpace ofPolicy(PolicySpec policy) {
        if (policy.parameters().isEmpty()) {
            throw new IllegalArgumentException("'" + policy.name() + "' has no parameters to search");
        }
        List<String> pieces = new ArrayList<>();
        List<Dimension> dimensions = new ArrayList<>();
        String before = "+" + policy.name() + "{";
        for (var parameter : policy.parameters()) {
            pieces.add(before + parameter.name() + "=");
            dimensions.add(Dimension.of(parameter));
            before = ",";
        }
        pieces.add("}");
        return new SearchSpace(pieces, dimensions);
    }

    int dimensions() {
        return dimensions.size();
    }

    /** How many values a dimension has. */
    int values(int dimension) {
        return dimensions.get(dimension).values().size();
    }

    /** How many points it has; {@code Long.MAX_VALUE} for too many to count. */
    long points() {
        long points = 1;
        for (Dimension dimension : dimensions) {
            int values = dimension.values().size();
            points = points > Long.MAX_VALUE / values ? Long.MAX_VALUE : points * values;
        }
        return points;
    }

    /** The what-if at a point, one index per dimension. */
    String text(int[] point) {
        StringBuilder text = new StringBuilder();
        for (int d = 0; d < point.length; d++) {
            text.append(pieces.get(d)).append(dimensions.get(d).values().get(point[d]));
        }
        return text.append(pieces.get(point.length)).toString();
    }

    /** The first and the last what-if: where neither can be read, the template is no what-if at all. */
    public List<String> ends() {
        int[] last = dimensions.stream()
                .mapToInt(dimension -> dimension.values().size() - 1)
                .toArray();
        return List.of(text(new int[last.length]), text(last));
    }

    /** What is searched, for the reader. */
    public String describe() {
        List<String> texts = new ArrayList<>();
        for (Dimension dimension : dimensions) {
            List<String> values = dimension.values();
            texts.add(dimension.name() + " (" + values.size() + " values from " + values.get(0) + " to "
                    + values.get(values.size() - 1) + ")");
        }
        return String.join(", ", texts);
    }
}
