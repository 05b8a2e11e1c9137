package plescope.parser.text;

import plescope.parser.grammar.KvmActions;
import plescope.parser.grammar.LineActions;
import plescope.parser.grammar.SchedActions;
import plescope.parser.grammar.TraceDriver;
import plescope.parser.grammar.TraceParser;

/** Follows the grammar's rules over a line's tokens and calls its actions; throws LineRefused where none fits. */
interface LineRules {
    void line();

    /** The fields behind an exit's rip. */
    void exitTail();

    /** The parser as ANTLR makes it. */
    static LineRules stock(LineTokens tokens, LineActions lines, KvmActions kvm, SchedActions sched) {
        TraceParser parser = new TraceParser(tokens);
        parser.removeErrorListeners();
        parser.setErrorHandler(new RefuseLine());
        parser.setBuildParseTree(false);
        parser.setActions(lines, kvm, sched);
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
    static LineRules compiled(LineTokens tokens, LineActions lines, KvmActions kvm, SchedActions sched) {
        TraceDriver driver = new TraceDriver(tokens);
        driver.setActions(lines, kvm, sched);
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
