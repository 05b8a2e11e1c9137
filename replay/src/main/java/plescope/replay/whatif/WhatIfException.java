package plescope.replay.whatif;

/** A what-if that cannot be read: what is wrong, and where. */
public final class WhatIfException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String text;
    private final int column;

    /** Puts the finger on it: {@code column} is 1-based. */
    WhatIfException(String text, int column, String message) {
        super("what-if '" + text + "', column " + column + ": " + message);
        this.text = text;
        this.column = column;
    }

    /** Where in the text the mistake begins, 1-based. */
    public int column() {
        return column;
    }

    /** The text with a caret below the mistake, two lines. */
    public String caret() {
        return text + "\n" + " ".repeat(column - 1) + "^";
    }
}
