package plescope.parser.text;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.TokenFactory;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.misc.Pair;

/** Hands out the same few tokens again and again; no line has more than {@link #SIZE}. */
final class TokenRing implements TokenFactory<ByteToken> {
    /** The longest line, kvm_apic_ipi, has eleven tokens. A power of two. */
    static final int SIZE = 16;

    private final ByteToken[] ring = new ByteToken[SIZE];
    private int next;

    TokenRing(LineBytes line) {
        for (int i = 0; i < SIZE; i++) {
            ring[i] = new ByteToken(line);
        }
    }

    @Override
    public ByteToken create(
            Pair<TokenSource, CharStream> source,
            int type,
            String text,
            int channel,
            int start,
            int stop,
            int line,
            int column) {
        return create(type, start, stop);
    }

    @Override
    public ByteToken create(int type, String text) {
        return create(type, 0, -1);
    }

    /** A token of the current line. */
    ByteToken create(int type, int start, int stop) {
        ByteToken token = ring[next++ & (SIZE - 1)];
        token.set(type, start, stop);
        return token;
    }
}
