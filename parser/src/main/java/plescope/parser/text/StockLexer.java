package plescope.parser.text;

import org.antlr.v4.runtime.Token;
import plescope.parser.grammar.TraceLexer;

/** The lexer as ANTLR makes it: slower than {@link CompiledLexer}, and the judge of what that must find. */
final class StockLexer implements LineLexer {
    private final LineBytes line;
    private final TraceLexer lexer;
    private final ByteToken end;

    StockLexer(LineBytes line) {
        this.line = line;
        lexer = new TraceLexer(line);
        lexer.removeErrorListeners();
        lexer.setTokenFactory(new TokenRing(line));
        end = new ByteToken(line);
    }

    @Override
    public void restart(int mode, int position) {
        lexer.reset();
        line.seek(position);
        lexer.mode(mode);
    }

    @Override
    public ByteToken next() {
        if (line.index() < line.size()) {
            return (ByteToken) lexer.nextToken();
        }
        end.set(Token.EOF, line.size(), line.size() - 1);
        return end;
    }

    @Override
    public int mode() {
        return lexer._mode;
    }

    @Override
    public int stuckAt(int start) {
        line.retry(start);
        lexer.nextToken();
        return line.furthest();
    }
}
