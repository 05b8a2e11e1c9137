package plescope.replay.scenario;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * A value of the language.
 *
 * @param number a plain number, or a duration in picoseconds
 * @param text of a text
 */
record Constant(Kind kind, long number, String text) {
    private static final long PS_PER_NS = 1_000;

    enum Kind {
        NUMBER("a number"),
        DURATION("a duration such as 300us"),
        SWITCH("'on' or 'off'"),
        TEXT("a text in quotes");

        private final String phrase;

        Kind(String phrase) {
            this.phrase = phrase;
        }

        /** As messages have it. */
        String phrase() {
            return phrase;
        }
    }

    private enum Unit {
        PS(1),
        NS(PS_PER_NS),
        US(1_000 * PS_PER_NS),
        MS(1_000_000 * PS_PER_NS),
        S(1_000_000_000 * PS_PER_NS);

        private final long picos;

        Unit(long picos) {
            this.picos = picos;
        }
    }

    static Constant number(long value) {
        return new Constant(Kind.NUMBER, value, "");
    }

    static Constant duration(long picos) {
        return new Constant(Kind.DURATION, picos, "");
    }

    static Constant onOff(boolean on) {
        return new Constant(Kind.SWITCH, on ? 1 : 0, "");
    }

    static Constant text(String text) {
        return new Constant(Kind.TEXT, 0, text);
    }

    /**
     * A value of that kind as a user types it.
     *
     * @throws ArithmeticException if the number is too large, or a duration finer than a picosecond
     * @throws NumberFormatException if it is none
     */
    static Constant parse(Kind kind, String typed) {
        return switch (kind) {
            case NUMBER -> number(new BigDecimal(typed).longValueExact());
            case DURATION -> parseDuration(typed);
            case SWITCH -> {
                if (!typed.equals("on") && !typed.equals("off")) {
                    throw new NumberFormatException(typed);
                }
                yield onOff(typed.equals("on"));
            }
            case TEXT -> text(typed);
        };
    }

    private static Constant parseDuration(String typed) {
        int digits = 0;
        while (digits < typed.length() && !Character.isLetter(typed.charAt(digits))) {
            digits++;
        }
        String unit = typed.substring(digits);
        for (Unit known : Unit.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(unit)) {
                BigDecimal number = new BigDecimal(typed.substring(0, digits));
                return duration(number.multiply(BigDecimal.valueOf(known.picos)).longValueExact());
            }
        }
        throw new NumberFormatException(typed);
    }

    long nanos() {
        return number / PS_PER_NS;
    }

    boolean wholeNanos() {
        return number % PS_PER_NS == 0;
    }

    /** As it would be written. */
    @Override
    public String toString() {
        return switch (kind) {
            case NUMBER -> Long.toString(number);
            case DURATION -> duration();
            case SWITCH -> number == 1 ? "on" : "off";
            case TEXT -> text;
        };
    }

    private String duration() {
        Unit best = Unit.PS;
        for (Unit unit : Unit.values()) {
            // Two digits behind the point read better than a thousand of the smaller unit.
            if (number >= unit.picos && number % (unit.picos / Math.min(100, unit.picos)) == 0) {
                best = unit;
            }
        }
        BigDecimal amount = BigDecimal.valueOf(number).divide(BigDecimal.valueOf(best.picos));
        return amount.stripTrailingZeros().toPlainString() + best.name().toLowerCase(Locale.ROOT);
    }
}
