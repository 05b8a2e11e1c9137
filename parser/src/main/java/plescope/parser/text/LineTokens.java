package plescope.parser.text;

import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.Interval;
import plescope.parser.grammar.TraceLexer;

/**
 * The tokens of the current line, one ahead and only when asked for: what no rule needs is never scanned.
 *
 * <p>The grammar's ways to begin a line are tried here, in the grammar's order.
 */
final class LineTokens implements TokenStream {
    /** Behind the default mode, which nearly every line fits. */
    private static final int[] OTHER_BEGINNINGS = {
        TraceLexer.NARROW,
        TraceLexer.INSTANCE,
        TraceLexer.LOOSE,
        TraceLexer.LOOSE_DASH,
        TraceLexer.LOOSE_NO_CPU,
        TraceLexer.LOOSE_LATENCY,
        TraceLexer.DAMAGED,
        TraceLexer.REST,
        TraceLexer.TIMELESS
    };

    private final LineBytes line;
    private final LineLexer lexer;
    private final PrefixCache prefixes;
    private ByteToken current;
    private Token previous;
    private int index;

    /** @param prefixes null where every line shall be scanned */
    LineTokens(LineBytes line, LineLexer lexer, PrefixCache prefixes) {
        this.line = line;
        this.lexer = lexer;
        this.prefixes = prefixes;
    }

    /** Finds the line's first token in the first mode that has one. */
    void begin() {
        ByteToken known = prefixes == null ? null : prefixes.find();
        if (known != null) {
            lexer.restart(TraceLexer.EVENT, known.getStopIndex() + 1);
            current = known;
        } else {
            beginIn(TraceLexer.DEFAULT_MODE);
            if (current.getType() == TraceLexer.JUNK) {
                beginOtherwise();
            }
        }
        previous = null;
        index = 0;
    }

    private void beginOtherwise() {
        for (int i = 0; i < OTHER_BEGINNINGS.length && current.getType() == TraceLexer.JUNK; i++) {
            beginIn(OTHER_BEGINNINGS[i]);
        }
    }

    /** False if the line begins like none that stands by itself: as damage, another command's output, or nothing known. */
    boolean hasHead() {
        return switch (lexer.mode()) {
            case TraceLexer.DAMAGED, TraceLexer.REST, TraceLexer.TIMELESS -> false;
            default -> true;
        };
    }

    private void beginIn(int mode) {
        lexer.restart(mode, 0);
        current = lexer.next();
    }

    /** The byte at which the lexer gave up on what should have been a token. */
    int stuckAt(Token refused) {
        if (refused.getType() != TraceLexer.JUNK && refused.getType() != TraceLexer.FURTHER) {
            return refused.getStartIndex();
        }
        return lexer.stuckAt(refused.getStartIndex());
    }

    /** The token ahead, or the one before for a negative distance, which only the parser's own records ask for. */
    @Override
    public Token LT(int ahead) {
        return ahead < 0 ? previous : ahead();
    }

    private ByteToken ahead() {
        if (current == null) {
            current = lexer.next();
        }
        return current;
    }

    @Override
    public int LA(int ahead) {
        return ahead().getType();
    }

    @Override
    public void consume() {
        previous = current;
        current = null;
        index++;
    }

    @Override
    public int mark() {
        return 0;
    }

    @Override
    public void release(int marker) {}

    @Override
    public int index() {
        return index;
    }

    @Override
    public void seek(int position) {}

    @Override
    public int size() {
        return index + 1;
    }

    @Override
    public String getSourceName() {
        return line.getSourceName();
    }

    @Override
    public Token get(int position) {
        return LT(1);
    }

    /** Nobody asks: the parser makes no tokens of its own. */
    @Override
    public TokenSource getTokenSource() {
        return null;
    }

    @Override
    public String getText(Interval interval) {
        return getText();
    }

    @Override
    public String getText() {
        return line.getText(Interval.of(0, line.size() - 1));
    }

    @Override
    public String getText(RuleContext context) {
        return getText();
    }

    @Override
    public String getText(Token start, Token stop) {
        return getText();
    }
}
