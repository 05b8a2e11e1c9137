package plescope.parser.grammar;

import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/**
 * A parser that only follows its rules: no tree, no listeners, no record of where it is. ANTLR's own bookkeeping for those costs
 * more than the rules do.
 */
abstract class LineRecognizer extends Parser {
    LineRecognizer(TokenStream input) {
        super(input);
    }

    @Override
    public final Token match(int type) {
        Token token = _input.LT(1);
        return token.getType() == type ? step(token) : _errHandler.recoverInline(this);
    }

    @Override
    public final Token consume() {
        return step(_input.LT(1));
    }

    /** The end of a line is never behind the parser. */
    private Token step(Token token) {
        if (token.getType() != Token.EOF) {
            _input.consume();
        }
        return token;
    }

    @Override
    public final Token getCurrentToken() {
        return _input.LT(1);
    }

    @Override
    public final void enterRule(ParserRuleContext rule, int state, int index) {}

    @Override
    public final void enterOuterAlt(ParserRuleContext rule, int alternative) {}

    @Override
    public final void exitRule() {}
}
