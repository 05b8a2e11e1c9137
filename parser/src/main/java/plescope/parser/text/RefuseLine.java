package plescope.parser.text;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import plescope.parser.grammar.LineRefused;

/** A line that does not fit is refused whole: nothing is inserted, deleted or guessed. */
final class RefuseLine extends DefaultErrorStrategy {
    private final LineRefused refused = new LineRefused();

    @Override
    public void recover(Parser recognizer, RecognitionException e) {
        throw refused;
    }

    @Override
    public Token recoverInline(Parser recognizer) {
        throw refused;
    }

    @Override
    public void reportError(Parser recognizer, RecognitionException e) {}

    @Override
    public void reportMatch(Parser recognizer) {}

    @Override
    public void sync(Parser recognizer) {}
}
