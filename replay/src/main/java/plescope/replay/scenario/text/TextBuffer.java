package plescope.replay.scenario.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text under construction, as bytes: numbers are written digit by digit, so that a line costs no object. */
final class TextBuffer {
    private static final int FIRST_SIZE = 1 << 12;
    private static final int MAX_DIGITS = 20;
    private static final int ASCII = 0x80;
    private static final int HEX_BITS = 4;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] digits = new byte[MAX_DIGITS];
    private byte[] bytes = new byte[FIRST_SIZE];
    private int length;

    int length() {
        return length;
    }

    /** The text so far, up to {@link #length}; valid until something is appended. */
    byte[] bytes() {
        return bytes;
    }

    void clear() {
        length = 0;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    TextBuffer append(String text) {
        int size = text.length();
        room(size);
        for (int i = 0; i < size; i++) {
            char c = text.charAt(i);
            if (c >= ASCII) {
                return append(text.substring(i).getBytes(StandardCharsets.UTF_8));
            }
            bytes[length++] = (byte) c;
        }
        return this;
    }

    TextBuffer append(byte[] text) {
        return append(text, 0, text.length);
    }

    TextBuffer append(byte[] text, int from, int size) {
        room(size);
        System.arraycopy(text, from, bytes, length, size);
        length += size;
        return this;
    }

    TextBuffer append(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** In decimal; not negative, as ids, clocks and windows are. */
    TextBuffer append(long number) {
        return zeros(number, 1);
    }

    /** In decimal, with leading zeros up to that width. */
    TextBuffer zeros(long number, int width) {
        return padded(number, width, '0');
    }

    /** In decimal, with leading blanks up to that width. */
    TextBuffer right(long number, int width) {
        return padded(number, width, ' ');
    }

    private TextBuffer padded(long number, int width, char filler) {
        if (number < 0) {
            throw new IllegalArgumentException("no event prints a negative number: " + number);
        }
        int first = MAX_DIGITS;
        long rest = number;
        do {
            digits[--first] = DIGITS[(int) (rest % 10)];
            rest /= 10;
        } while (rest != 0);
        for (int missing = width - (MAX_DIGITS - first); missing > 0; missing--) {
            append(filler);
        }
        return append(digits, first, MAX_DIGITS - first);
    }

    /** In hexadecimal, unsigned, without a prefix. */
    TextBuffer hex(long number) {
        int first = MAX_DIGITS;
        long rest = number;
        do {
            digits[--first] = DIGITS[(int) rest & DIGITS.length - 1];
            rest >>>= HEX_BITS;
        } while (rest != 0);
        return append(digits, first, MAX_DIGITS - first);
    }

    /** The field behind blanks up to that width. */
    TextBuffer right(String field, int width) {
        return blanks(width - field.length()).append(field);
    }

    /** The field before blanks up to that width. */
    TextBuffer left(String field, int width) {
        return append(field).blanks(width - field.length());
    }

    private TextBuffer blanks(int count) {
        for (int i = 0; i < count; i++) {
            append(' ');
        }
        return this;
    }

    /** A copy of the text so far. */
    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
