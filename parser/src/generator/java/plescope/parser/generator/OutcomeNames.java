package plescope.parser.generator;

import java.util.LinkedHashMap;
import java.util.Map;
import org.antlr.v4.runtime.Vocabulary;

/** The constants that generated code returns: a token type, and the mode that follows if it is another one. */
final class OutcomeNames {
    private final String lexer;
    private final Vocabulary vocabulary;
    private final String[] modes;
    private final Map<String, String> values = new LinkedHashMap<>();

    OutcomeNames(String lexer, Vocabulary vocabulary, String[] modes) {
        this.lexer = lexer;
        this.vocabulary = vocabulary;
        this.modes = modes;
    }

    /** The constant for what a rule of a mode leaves behind. */
    String name(Outcome outcome, int mode) {
        boolean skipped = outcome.type() == Outcome.SKIPPED;
        String type = skipped ? "SKIPPED" : vocabulary.getSymbolicName(outcome.type());
        String value = skipped ? "SKIP" : "(long) " + lexer + "." + type + " << TYPE_SHIFT";
        if (outcome.mode() == mode) {
            String name = skipped ? "SKIP" : "TOKEN_" + type;
            if (!skipped) {
                values.put(name, value);
            }
            return name;
        }
        String next = modes[outcome.mode()];
        String name = (skipped ? "SKIP" : "TOKEN_" + type) + "_TO_" + next;
        values.put(name, "(" + lexer + "." + next + " + 1L) << MODE_SHIFT | " + value);
        return name;
    }

    /** Writes the constants used so far. */
    void declare(JavaText out) {
        values.forEach((name, value) -> out.line("private static final long " + name + " = " + value + ";"));
    }
}
