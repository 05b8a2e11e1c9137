package plescope.replay.scenario;

import java.util.List;
import org.antlr.v4.runtime.Token;

/** The text of a scenario, to say where in it something is wrong. */
record SourceText(String name, List<String> lines) {
    SourceText {
        lines = List.copyOf(lines);
    }

    static SourceText of(String name, String text) {
        return new SourceText(name, List.of(text.split("\r?\n", -1)));
    }

    ScenarioException error(Token at, String message, String hint) {
        return error(at.getLine(), at.getCharPositionInLine() + 1, message, hint);
    }

    ScenarioException error(Token at, String message) {
        return error(at, message, "");
    }

    ScenarioException error(int line, int column, String message, String hint) {
        String source = line > 0 && line <= lines.size() ? lines.get(line - 1) : "";
        return new ScenarioException(name, line, column, source, message, hint);
    }

    /** A fault of no place: of parameters given from outside, or of what is missing. */
    ScenarioException error(String message, String hint) {
        return error(0, 0, message, hint);
    }
}
