package plescope.parser.grammar;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bytes read eight at a time: the first is the lowest of a long. */
public final class EightBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    public static final long BLANKS = 0x2020202020202020L;

    private static final long ONES = 0x0101010101010101L;
    private static final long SIXES = 0x0606060606060606L;
    private static final long THREES = 0x3030303030303030L;
    private static final long LOW_HALVES = 0x0f0f0f0f0f0f0f0fL;
    private static final long HIGH_HALVES = 0xf0f0f0f0f0f0f0f0L;
    private static final long LOW_SEVEN_BITS = 0x7f7f7f7f7f7f7f7fL;
    private static final long HIGHS = 0x8080808080808080L;

    private EightBytes() {}

    /** The eight bytes from a position on, all of them inside the array. */
    public static long at(byte[] bytes, int from) {
        return (long) LONGS.get(bytes, from);
    }

    /** Where a run of one byte ends; {@code eight} is that byte eight times. Something else must follow inside the array. */
    public static int behindRun(byte[] bytes, int from, long eight) {
        int i = from;
        long others = at(bytes, i) ^ eight;
        while (others == 0) {
            i += Long.BYTES;
            others = at(bytes, i) ^ eight;
        }
        return i + (Long.numberOfTrailingZeros(others) >>> 3);
    }

    /** At most eight bytes, with zeros behind them. */
    public static long upTo(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length <= 0) {
            return 0;
        }
        if (from + Long.BYTES <= bytes.length) {
            return at(bytes, from) & (-1L >>> (Long.SIZE - Byte.SIZE * length));
        }
        long word = 0;
        for (int i = to - 1; i >= from; i--) {
            word = (word << Byte.SIZE) | (bytes[i] & 0xff);
        }
        return word;
    }

    /** Not 0 if one of eight bytes is {@code wanted}; the lowest bit set is the highest of the first such byte. */
    public static long find(long word, int wanted) {
        long different = word ^ (ONES * wanted);
        return (different - ONES) & ~different & HIGHS;
    }

    /** The highest bit of each of eight bytes that is {@code wanted}. */
    public static long findAll(long word, int wanted) {
        // no byte borrows from the next, as it may in find
        long different = word ^ (ONES * wanted);
        return ~(((different & LOW_SEVEN_BITS) + LOW_SEVEN_BITS) | different) & HIGHS;
    }

    /** Which byte the result of {@link #find} points at. */
    public static int first(long found) {
        return Long.numberOfTrailingZeros(found) >>> 3;
    }

    /** The value of eight digits {@code 0-9a-f}, the first the most significant. */
    public static long hex(long digits) {
        // a letter has bit 6 set, and its low four bits lack 9
        long nibbles = (digits & LOW_HALVES) + 9 * ((digits >>> 6) & ONES);
        long ordered = Long.reverseBytes(nibbles);
        long pairs = (ordered | (ordered >>> 4)) & 0x00ff00ff00ff00ffL;
        long quads = (pairs | (pairs >>> 8)) & 0x0000ffff0000ffffL;
        return (quads | (quads >>> 16)) & 0xffffffffL;
    }

    /** How many of eight bytes are digits, counted from the last one. */
    public static int digitsAtEnd(long word) {
        // a digit's high half is 3, and adding 6 does not change that
        long carried = (word & LOW_SEVEN_BITS) + SIXES;
        long others = ((word & HIGH_HALVES) ^ THREES) | ((carried & HIGH_HALVES) ^ THREES);
        return Long.numberOfLeadingZeros(others) >>> 3;
    }

    /** The value of the last {@code count} of eight bytes, which are digits; at least one. */
    public static long decimal(long word, int count) {
        long digits = word & LOW_HALVES & (-1L << (Long.SIZE - Byte.SIZE * count));
        long pairs = digits * 10 + (digits >>> 8);
        long even = (pairs & 0x000000ff000000ffL) * 0x000f424000000064L;
        long odd = ((pairs >>> 16) & 0x000000ff000000ffL) * 0x0000271000000001L;
        return (even + odd) >>> 32;
    }

    /** How many of eight bytes are {@code wanted}, counted from the last one. */
    public static int runAtEnd(long word, int wanted) {
        return Long.numberOfLeadingZeros(word ^ (ONES * wanted)) >>> 3;
    }
}
