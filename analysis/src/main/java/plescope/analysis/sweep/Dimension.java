package plescope.analysis.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import plescope.replay.policy.Parameter;

/**
 * One number that a search varies.
 *
 * @param values as written, in order
 */
record Dimension(String name, List<String> values) {
    /** Values a search tells apart where a range leaves that open: factors of 1.12 over a range of 1 to 32. */
    static final int VALUES = 33;

    /** A default is searched this much up and down [I]. */
    private static final int REACH = 16;

    private static final int STEPS = 16;

    Dimension {
        values = List.copyOf(values);
    }

    /** What to try of a policy's parameter: around its default, or where that is 0 the range that is usual for its unit [I]. */
    static Dimension of(Parameter parameter) {
        return new Dimension(
                parameter.name(),
                switch (parameter.unit()) {
                    case FLAG -> List.of("0", "1");
                    case AUTO_FLAG -> List.of("auto", "0", "1");
                    case NANOSECONDS -> scale(parameter, 50_000, 32_000_000);
                    case COUNT -> scale(parameter, 1, 1_000);
                    case RATIO -> scale(parameter, 1_000, 100_000);
                });
    }

    /** @param low from there where the default is 0, in base units */
    private static List<String> scale(Parameter parameter, long low, long high) {
        long usual = parameter.defaultValue();
        double from = usual > 0 ? (double) usual / REACH : low;
        double to = usual > 0 ? (double) usual * REACH : high;
        TreeSet<Long> values = new TreeSet<>();
        values.add(usual);
        for (int i = 0; i <= STEPS; i++) {
            double value = from * StrictMath.pow(to / from, (double) i / STEPS);
            values.add(Math.min(parameter.max(), Math.max(parameter.min(), twoDigits(value))));
        }
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(parameter.format(value)));
        return texts;
    }

    private static long twoDigits(double value) {
        double unit = StrictMath.pow(10, Math.max(0, StrictMath.floor(StrictMath.log10(value)) - 1));
        return Math.round(value / unit) * (long) unit;
    }
}
