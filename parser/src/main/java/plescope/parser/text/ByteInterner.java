package plescope.parser.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import plescope.parser.grammar.EightBytes;

/**
 * One object per distinct byte range: names that repeat on every line are decoded once. Too many and too long ones are not kept.
 *
 * @param <T> what a name stands for
 */
final class ByteInterner<T> {
    private static final int FIRST_CAPACITY = 64;

    /** Kernels print far fewer and shorter names; a text that imitates millions must not fill the memory. */
    private static final int MAX_KEPT = 1 << 15;

    private static final int MAX_BYTES = 256;

    private final Function<String, T> meaning;
    /** Names with zeros up to a multiple of eight bytes, to be compared eight at a time. */
    private byte[][] names = new byte[FIRST_CAPACITY][];

    private int[] lengths = new int[FIRST_CAPACITY];
    private Object[] values = new Object[FIRST_CAPACITY];
    private int size;

    /** @param meaning makes the object for a name seen for the first time */
    ByteInterner(Function<String, T> meaning) {
        this.meaning = meaning;
    }

    /** The object of a name seen before, null for any other. */
    T find(byte[] bytes, int from, int to) {
        int slot = slot(bytes, from, to);
        return names[slot] == null ? null : valueAt(slot);
    }

    T get(byte[] bytes, int from, int to) {
        int slot = slot(bytes, from, to);
        if (names[slot] != null) {
            return valueAt(slot);
        }
        byte[] name = Arrays.copyOfRange(bytes, from, to);
        T value = meaning.apply(new String(name, StandardCharsets.UTF_8));
        if (size == MAX_KEPT || name.length > MAX_BYTES) {
            return value;
        }
        names[slot] = Arrays.copyOf(name, (name.length + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
        lengths[slot] = name.length;
        values[slot] = value;
        if (++size > names.length / 2) {
            grow();
        }
        return value;
    }

    /** Where the name stands, or would. */
    private int slot(byte[] bytes, int from, int to) {
        int mask = names.length - 1;
        int slot = hash(bytes, from, to) & mask;
        while (names[slot] != null && !(lengths[slot] == to - from && equal(names[slot], bytes, from, to))) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    @SuppressWarnings("unchecked") // only T is ever stored
    private T valueAt(int slot) {
        return (T) values[slot];
    }

    private static boolean equal(byte[] name, byte[] bytes, int from, int to) {
        for (int i = from; i < to; i += Long.BYTES) {
            if (EightBytes.at(name, i - from) != EightBytes.upTo(bytes, i, Math.min(to, i + Long.BYTES))) {
                return false;
            }
        }
        return true;
    }

    private void grow() {
        byte[][] oldNames = names;
        int[] oldLengths = lengths;
        Object[] oldValues = values;
        names = new byte[oldNames.length * 2][];
        lengths = new int[names.length];
        values = new Object[names.length];
        for (int i = 0; i < oldNames.length; i++) {
            if (oldNames[i] != null) {
                int slot = hash(oldNames[i], 0, oldLengths[i]) & (names.length - 1);
                while (names[slot] != null) {
                    slot = (slot + 1) & (names.length - 1);
                }
                names[slot] = oldNames[i];
                lengths[slot] = oldLengths[i];
                values[slot] = oldValues[i];
            }
        }
    }

    private static int hash(byte[] bytes, int from, int to) {
        long hash = 0;
        for (int i = from; i < to; i += Long.BYTES) {
            hash = (hash ^ EightBytes.upTo(bytes, i, Math.min(to, i + Long.BYTES))) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }
}
