package plescope.parser.text;

import org.antlr.v4.runtime.Token;

/**
 * Reads the values of a token from its right end.
 *
 * <p>The grammar has already said what stands in the token; its left part may hold a comm, which can contain any byte, so
 * only the right end has known positions. Words between values are stepped over by their length.
 */
final class FromRight {
    private final LineBytes line;
    private int end;

    FromRight(LineBytes line) {
        this.line = line;
    }

    /** Begins behind the token's last byte. */
    FromRight of(Token token) {
        end = token.getStopIndex() + 1;
        return this;
    }

    /** Begins behind the byte before this position. */
    FromRight at(int position) {
        end = position;
        return this;
    }

    /** Position behind the bytes not read yet. */
    int end() {
        return end;
    }

    /** The last byte not read yet. */
    int peek() {
        return end > 0 ? line.at(end - 1) : -1;
    }

    FromRight skip(int bytes) {
        end -= bytes;
        return this;
    }

    FromRight skipWord(String word) {
        return skip(word.length());
    }

    FromRight skipBlanks() {
        while (peek() == ' ') {
            end--;
        }
        return this;
    }

    /** Steps back to just behind the nearest such byte. */
    FromRight skipTo(int stop) {
        while (end > 0 && line.at(end - 1) != stop) {
            end--;
        }
        return this;
    }

    boolean atDigit() {
        return isDigit(peek());
    }

    /** An unsigned decimal number; leading zeros are only padding. */
    long decimal() {
        long value = 0;
        long unit = 1;
        while (isDigit(peek())) {
            value += unit * (peek() - '0');
            unit *= 10;
            end--;
        }
        return value;
    }

    /** A decimal number with an optional minus. */
    long signed() {
        long value = decimal();
        if (peek() == '-') {
            end--;
            return -value;
        }
        return value;
    }

    /** A decimal number, alone or behind its hexadecimal form as ftrace's fields option prints it: {@code 0x78 (120)}. */
    long number() {
        if (peek() != ')') {
            return signed();
        }
        long value = skip(1).signed();
        skip(" (".length()).skipHex();
        return value;
    }

    private void skipHex() {
        while (hexDigit(peek()) >= 0) {
            end--;
        }
        skip("0x".length());
    }

    /** A hexadecimal number in small letters, without its {@code 0x}. */
    long hex() {
        long value = 0;
        int shift = 0;
        for (int digit = hexDigit(peek()); digit >= 0; digit = hexDigit(peek())) {
            value |= (long) digit << shift;
            shift += 4;
            end--;
        }
        return value;
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** The value of a digit in small letters, -1 for any other byte. */
    static int hexDigit(int c) {
        if (isDigit(c)) {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }
}
