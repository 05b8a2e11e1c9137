package plescope.parser.text;

import plescope.parser.grammar.TraceActions;
import plescope.parser.grammar.TraceDriver;
import plescope.parser.grammar.TraceParser;

/** Follows the grammar's rules over a line's tokens and calls its actions; throws LineRefused where none fits. */
interface LineRules {
    void line();

    /** The fields behind an exit's rip. */
    void exitTail();

    /** The parser as ANTLR makes it. */
    static LineRules stock(LineTokens tokens, TraceActions actions) {
        TraceParser parser = new TraceParser(tokens);
        parser.removeErrorListeners();
        parser.setErrorHandler(new RefuseLine());
        parser.setBuildParseTree(false);
        parser.setActions(actions);
        return new LineRules() {
            @Override
            public void line() {
                parser.line();
            }

            @Override
            public void exitTail() {
                parser.exitTail();
            }
        };
    }

    /** The same rules as the build makes plain methods of them. */
    static LineRules compiled(LineTokens tokens, TraceActions actions) {
        TraceDriver driver = new TraceDriver(tokens);
        driver.setActions(actions);
        return new LineRules() {
            @Override
            public void line() {
                driver.line();
            }

            @Override
            public void exitTail() {
                driver.exitTail();
            }
        };
    }
}
