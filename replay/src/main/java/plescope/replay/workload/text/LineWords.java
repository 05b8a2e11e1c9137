package plescope.replay.workload.text;

import java.util.Locale;
import java.util.function.Supplier;

/** Walks over a workload file word by word and knows where it is, to say where something is wrong. */
final class LineWords {
    private final String file;
    private final Supplier<String> lines;
    private String text = "";
    private long number;
    private int at;
    private int wordAt;

    /**
     * A walk from the first line on.
     *
     * @param lines each call gives the next line without its end, null after the last
     */
    LineWords(String file, Supplier<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /** Goes to the next line that says something. False at the end of the file. */
    boolean nextLine() {
        while (true) {
            String next = lines.get();
            if (next == null) {
                return false;
            }
            text = next.endsWith("\r") ? next.substring(0, next.length() - 1) : next;
            number++;
            at = 0;
            skipBlanks();
            if (at < text.length() && text.charAt(at) != '#') {
                return true;
            }
        }
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    boolean hasWord() {
        skipBlanks();
        return at < text.length();
    }

    /** The next word; {@code what} stands in the message where there is none. */
    String word(String what) {
        skipBlanks();
        wordAt = at;
        while (at < text.length() && text.charAt(at) != ' ' && text.charAt(at) != '\t') {
            at++;
        }
        if (at == wordAt) {
            throw fault("expected " + what + ", found the end of the line", "");
        }
        return text.substring(wordAt, at);
    }

    /** A word that must be this one. */
    void expect(String word) {
        if (!word("'" + word + "'").equals(word)) {
            throw fault("expected '" + word + "', found '" + text.substring(wordAt, at) + "'", "");
        }
    }

    /** All after one blank, to the end of the line. */
    String rest() {
        wordAt = Math.min(at + 1, text.length());
        at = text.length();
        try {
            return Names.unescaped(text.substring(wordAt));
        } catch (IllegalArgumentException e) {
            throw fault(e.getMessage(), "");
        }
    }

    long nanoseconds(String what) {
        long value = number(what);
        if (value < 0) {
            throw fault(what + " must not be negative, found " + value, "");
        }
        return value;
    }

    long number(String what) {
        String word = word(what);
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw fault("expected " + what + ", a whole number; found '" + word + "'", "");
        }
    }

    int integer(String what) {
        long value = number(what);
        if (value != (int) value) {
            throw fault(what + " is too large: " + value, "");
        }
        return (int) value;
    }

    /** An id or count: neither negative nor large. */
    int count(String what) {
        int value = integer(what);
        if (value < 0) {
            throw fault(what + " must not be negative, found " + value, "");
        }
        return value;
    }

    double decimal(String what) {
        String word = word(what);
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw fault("expected " + what + ", a number; found '" + word + "'", "");
        }
    }

    <E extends Enum<E>> E constant(Class<E> type, String what) {
        String word = word(what);
        for (E constant : type.getEnumConstants()) {
            if (WorkloadWriter.lower(constant).equals(word)) {
                return constant;
            }
        }
        StringBuilder known = new StringBuilder("known are:");
        for (E constant : type.getEnumConstants()) {
            known.append(' ').append(constant.name().toLowerCase(Locale.ROOT));
        }
        throw fault("'" + word + "' is no " + what, known.toString());
    }

    /** Nothing may follow on this line. */
    void end() {
        if (hasWord()) {
            String more = word("");
            throw fault("expected the end of the line, found '" + more + "'", "");
        }
    }

    long line() {
        return number;
    }

    /** A fault at the word read last. */
    WorkloadFormatException fault(String message, String hint) {
        return new WorkloadFormatException(file, number, wordAt + 1, text, message, hint);
    }

    /** A fault of an earlier place. */
    WorkloadFormatException fault(Mark mark, String message, String hint) {
        return new WorkloadFormatException(file, mark.line(), mark.column(), mark.text(), message, hint);
    }

    /** A fault of the file as a whole. */
    WorkloadFormatException faultOfFile(String message, String hint) {
        return new WorkloadFormatException(file, 0, 0, "", message, hint);
    }

    /** Where the word read last stands. */
    Mark mark() {
        return new Mark(number, wordAt + 1, text);
    }

    /** A place in the file. */
    record Mark(long line, int column, String text) {}
}
