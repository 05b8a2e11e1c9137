package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.Transition;
import org.junit.jupiter.api.Test;
import plescope.parser.grammar.TraceLexer;
import plescope.parser.grammar.TraceParser;

/** What the grammars must keep to stay fast and compilable into a scanner. */
final class GrammarTest {
    @Test
    void everyDecisionOfTheParserLooksAtOneToken() throws IOException {
        // the generated parser calls adaptivePredict exactly where one token does not suffice
        try (InputStream in = TraceParser.class.getResourceAsStream("TraceParser.class")) {
            String constants = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(constants).contains("recoverInline").doesNotContain("adaptivePredict");
        }
    }

    @Test
    void theLexerHasNoPredicates() {
        for (ATNState state : TraceLexer._ATN.states) {
            for (Transition transition : state.getTransitions()) {
                assertThat(transition.getSerializationType()).isNotEqualTo(Transition.PREDICATE);
            }
        }
    }

    @Test
    void everyModeHasAOneByteWayOut() {
        // JUNK ends each mode, so the lexer never fails by itself and a refused line shows where it stuck
        for (String mode : TraceLexer.modeNames) {
            TraceLexer lexer = new TraceLexer(org.antlr.v4.runtime.CharStreams.fromString("\u0001\u0001"));
            lexer.removeErrorListeners();
            lexer.mode(java.util.Arrays.asList(TraceLexer.modeNames).indexOf(mode));
            assertThat(lexer.nextToken().getType()).as(mode).isEqualTo(TraceLexer.JUNK);
        }
    }
}
