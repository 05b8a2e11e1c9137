package plescope.replay.scenario;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.misc.IntervalSet;
import plescope.replay.policy.EditDistance;
import plescope.replay.scenario.grammar.ScenarioLexer;
import plescope.replay.scenario.grammar.ScenarioParser;
import plescope.replay.scenario.grammar.ScenarioParser.FileContext;

/** Text to tree: the first word that does not fit ends the reading, with the words that would. */
final class ScenarioSyntax extends BaseErrorListener {
    /** A thousand times what a scenario needs. */
    static final int MAX_CHARS = 4_000_000;

    /** Blocks and brackets in each other; the parser recurses. */
    static final int MAX_DEPTH = 64;

    /** More wrong letters than this are no typing error. */
    private static final int MAX_TYPING_ERRORS = 2;

    private static final String REF_PHRASE = "a parameter such as $vms";

    private final SourceText source;

    private ScenarioSyntax(SourceText source) {
        this.source = source;
    }

    static FileContext parse(SourceText source, String text) {
        if (text.length() > MAX_CHARS) {
            throw source.error("the file has " + text.length() + " characters, " + MAX_CHARS + " are allowed", "");
        }
        ScenarioSyntax listener = new ScenarioSyntax(source);
        ScenarioLexer lexer = new ScenarioLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        tokens.fill();
        listener.checkDepth(tokens.getTokens());
        ScenarioParser parser = new ScenarioParser(tokens);
        parser.removeErrorListeners();
        parser.addErrorListener(listener);
        return parser.file();
    }

    private void checkDepth(List<Token> tokens) {
        int depth = 0;
        for (Token token : tokens) {
            String text = token.getText();
            if (text.equals("{") || text.equals("(")) {
                depth++;
            } else if (text.equals("}") || text.equals(")")) {
                depth--;
            }
            if (depth > MAX_DEPTH) {
                throw source.error(token, "more than " + MAX_DEPTH + " blocks and brackets in each other");
            }
        }
    }

    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer, Object symbol, int line, int column, String message, RecognitionException e) {
        Token token = (Token) symbol;
        List<String> expected = words(((Parser) recognizer).getExpectedTokens(), recognizer.getVocabulary());
        throw source.error(token, what(token), hint(token, expected));
    }

    private static String what(Token token) {
        if (token.getType() == Token.EOF) {
            return "the file ends in the middle of something";
        }
        if (token.getType() == ScenarioLexer.OPEN_STRING) {
            return "this text has no closing quote in its line";
        }
        return "'" + token.getText() + "' does not fit here";
    }

    private static String hint(Token token, List<String> expected) {
        String typed = token.getText();
        if (token.getType() == ScenarioLexer.OPEN_STRING) {
            return "close it with \"; several texts in a row count as one";
        }
        if (typed.matches("x[0-9]+") && expected.contains("'x'")) {
            return "write 'x " + typed.substring(1) + "' with a blank between";
        }
        if (expected.contains("a name") && typed.matches("[a-z][a-z0-9-]*") && token.getType() != ScenarioLexer.NAME) {
            String instead = expected.contains(REF_PHRASE) ? "write $" + typed : "put it in quotes to use it as a name";
            return "'" + typed + "' is a word of the language; " + instead;
        }
        List<String> near = new ArrayList<>();
        for (String word : expected) {
            String bare = word.substring(1, word.length() - 1);
            if (word.charAt(0) == '\''
                    && EditDistance.between(typed, bare) <= Math.min(MAX_TYPING_ERRORS, bare.length() / 2)) {
                near.add(bare);
            }
        }
        return near.isEmpty()
                ? "expected " + String.join(", ", expected)
                : "did you mean '" + EditDistance.nearest(typed, near) + "'?";
    }

    private static List<String> words(IntervalSet expected, Vocabulary vocabulary) {
        List<String> words = new ArrayList<>();
        for (int type : expected.toArray()) {
            words.add(
                    switch (type) {
                        case Token.EOF -> "the end of the file";
                        case ScenarioLexer.INT -> "a number";
                        case ScenarioLexer.DURATION -> "a duration such as 300us";
                        case ScenarioLexer.REF -> REF_PHRASE;
                        case ScenarioLexer.NAME -> "a name";
                        case ScenarioLexer.STRING -> "a text in quotes";
                        default -> vocabulary.getDisplayName(type);
                    });
        }
        return words;
    }
}
