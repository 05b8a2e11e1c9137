package plescope.parser.text;

import org.antlr.v4.runtime.Token;
import plescope.parser.grammar.TraceScanner;

/**
 * The scanner that the build makes of the grammar. Each line must be followed by a newline in its buffer, where every token ends.
 *
 * <p>It finds the tokens that {@link StockLexer} finds; that one is asked only why a line was refused.
 */
final class CompiledLexer implements LineLexer {
    private final LineBytes line;
    private final TokenRing tokens;
    private final ByteToken end;
    private StockLexer stock;
    private int mode;
    private int position;

    CompiledLexer(LineBytes line) {
        this.line = line;
        tokens = new TokenRing(line);
        end = new ByteToken(line);
    }

    @Override
    public void restart(int newMode, int newPosition) {
        mode = newMode;
        position = newPosition;
    }

    @Override
    public ByteToken next() {
        int offset = line.offset();
        while (position < line.size()) {
            int start = position;
            long token = TraceScanner.scan(mode, line.buffer(), offset + start);
            position = TraceScanner.end(token) - offset;
            mode = TraceScanner.mode(token, mode);
            int type = TraceScanner.type(token);
            if (type != TraceScanner.SKIPPED) {
                return tokens.create(type, start, position - 1);
            }
        }
        end.set(Token.EOF, position, position - 1);
        return end;
    }

    @Override
    public int mode() {
        return mode;
    }

    @Override
    public int stuckAt(int start) {
        if (stock == null) {
            stock = new StockLexer(line);
        }
        stock.restart(mode, start);
        return stock.stuckAt(start);
    }
}
