package plescope.parser.text;

import org.antlr.v4.runtime.Token;
import plescope.parser.grammar.EightBytes;

/**
 * Reads the values of a token from its right end.
 *
 * <p>The grammar has already said what stands in the token; its left part may hold a comm, which can contain any byte, so
 * only the right end has known positions. Words between values are stepped over by their length.
 *
 * <p>Made anew for each token: an object that never leaves its method costs nothing, one that lives on costs a store per step.
 */
final class FromRight {
    private final byte[] bytes;
    /** The line's first byte in the buffer. */
    private final int first;
    /** Behind the bytes not read yet, in the buffer. */
    private int at;

    /** Begins behind the last byte of a token of this line. */
    FromRight(LineBytes line, Token token) {
        bytes = line.buffer();
        first = line.offset();
        at = first + token.getStopIndex() + 1;
    }

    /** Begins behind the byte before a position in this line. */
    FromRight(LineBytes line, int end) {
        bytes = line.buffer();
        first = line.offset();
        at = first + end;
    }

    /** Position behind the bytes not read yet. */
    int end() {
        return at - first;
    }

    /** The last byte not read yet. */
    int peek() {
        return at > first ? bytes[at - 1] & 0xff : -1;
    }

    FromRight skip(int count) {
        at -= count;
        return this;
    }

    FromRight skipWord(String word) {
        return skip(word.length());
    }

    FromRight skipBlanks() {
        while (at - first >= Long.BYTES) {
            int blanks = EightBytes.runAtEnd(EightBytes.at(bytes, at - Long.BYTES), ' ');
            at -= blanks;
            if (blanks < Long.BYTES) {
                return this;
            }
        }
        while (peek() == ' ') {
            at--;
        }
        return this;
    }

    /** Steps back to just behind the nearest such byte. */
    FromRight skipTo(int stop) {
        while (at > first && bytes[at - 1] != stop) {
            at--;
        }
        return this;
    }

    /** The byte before the last {@code count} not read yet; -1 in front of the line. */
    int before(int count) {
        return at - count > first ? bytes[at - count - 1] & 0xff : -1;
    }

    /** True if the last {@code count} bytes, eight at most, are digits; false also at the beginning of a line. */
    boolean endsInDigits(int count) {
        return at - first >= Long.BYTES && EightBytes.digitsAtEnd(EightBytes.at(bytes, at - Long.BYTES)) >= count;
    }

    /** The value of the last {@code count} bytes, known to be digits, at most eight; they stay unread. */
    long digits(int count) {
        if (at - first >= Long.BYTES) {
            return EightBytes.decimal(EightBytes.at(bytes, at - Long.BYTES), count);
        }
        long value = 0;
        for (int i = at - count; i < at; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }

    boolean atDigit() {
        return isDigit(peek());
    }

    /** An unsigned decimal number; leading zeros are only padding. */
    long decimal() {
        long value = 0;
        long unit = 1;
        while (at - first >= Long.BYTES) {
            long word = EightBytes.at(bytes, at - Long.BYTES);
            int digits = EightBytes.digitsAtEnd(word);
            if (digits == 0) {
                return value;
            }
            value += unit * EightBytes.decimal(word, digits);
            unit *= 100_000_000;
            at -= digits;
            if (digits < Long.BYTES) {
                return value;
            }
        }
        while (atDigit()) {
            value += unit * (peek() - '0');
            unit *= 10;
            at--;
        }
        return value;
    }

    /** A decimal number with an optional minus. */
    long signed() {
        long value = decimal();
        if (peek() == '-') {
            at--;
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
            at--;
        }
        skip("0x".length());
    }

    /** A hexadecimal number in small letters, behind {@code 0x}, a blank or a dash. */
    long hex() {
        long value = 0;
        int shift = 0;
        while (at - first >= Long.BYTES && shift < Long.SIZE) {
            long digits = EightBytes.at(bytes, at - Long.BYTES);
            if ((EightBytes.find(digits, 'x') | EightBytes.find(digits, ' ') | EightBytes.find(digits, '-')) != 0) {
                break;
            }
            value |= EightBytes.hex(digits) << shift;
            shift += 4 * Long.BYTES;
            at -= Long.BYTES;
        }
        for (int digit = hexDigit(peek()); digit >= 0; digit = hexDigit(peek())) {
            value |= (long) digit << shift;
            shift += 4;
            at--;
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
