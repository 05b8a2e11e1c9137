package plescope.analysis.reproduce;

/**
 * What a published figure demands of a simulation.
 *
 * @param bound percent for {@link Kind#NEUTRAL}, a level for {@link Kind#AT_LEAST}; otherwise unused
 */
record Expectation(Kind kind, double bound) {
    /** How the simulated number is judged. */
    enum Kind {
        /** The change is positive. */
        UP,
        /** The change is negative. */
        DOWN,
        /** The change stays within {@code bound} percent of nothing. */
        NEUTRAL,
        /** The level after is at least {@code bound}. */
        AT_LEAST
    }

    /** Reads {@code up}, {@code down}, {@code neutral 1.5} or {@code at-least 100}. */
    static Expectation parse(String text) {
        String[] words = text.trim().split(" ", 2);
        return switch (words[0]) {
            case "up" -> new Expectation(Kind.UP, 0);
            case "down" -> new Expectation(Kind.DOWN, 0);
            case "neutral" -> new Expectation(Kind.NEUTRAL, Double.parseDouble(words[1]));
            case "at-least" -> new Expectation(Kind.AT_LEAST, Double.parseDouble(words[1]));
            default -> throw new IllegalArgumentException("no expectation is called '" + text + "'");
        };
    }

    /** Whether the judged number is a level, not a change. */
    boolean level() {
        return kind == Kind.AT_LEAST;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case UP -> "up";
            case DOWN -> "down";
            case NEUTRAL -> "neutral, " + number(bound) + " %";
            case AT_LEAST -> "at least " + number(bound);
        };
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
