package plescope.parser.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import plescope.parser.grammar.EightBytes;

/**
 * One object per distinct byte range: names that repeat on every line are decoded once.
 *
 * @param <T> what a name stands for
 */
final class ByteInterner<T> {
    private static final int FIRST_CAPACITY = 64;

    private final Function<String, T> meaning;
    private byte[][] names = new byte[FIRST_CAPACITY][];
    private Object[] values = new Object[FIRST_CAPACITY];
    private int size;

    /** @param meaning makes the object for a name seen for the first time */
    ByteInterner(Function<String, T> meaning) {
        this.meaning = meaning;
    }

    T get(byte[] bytes, int from, int to) {
        int mask = names.length - 1;
        int slot = hash(bytes, from, to) & mask;
        while (names[slot] != null) {
            if (Arrays.equals(names[slot], 0, names[slot].length, bytes, from, to)) {
                return valueAt(slot);
            }
            slot = (slot + 1) & mask;
        }
        names[slot] = Arrays.copyOfRange(bytes, from, to);
        T value = meaning.apply(new String(names[slot], StandardCharsets.UTF_8));
        values[slot] = value;
        if (++size > names.length / 2) {
            grow();
        }
        return value;
    }

    @SuppressWarnings("unchecked") // only T is ever stored
    private T valueAt(int slot) {
        return (T) values[slot];
    }

    private void grow() {
        byte[][] oldNames = names;
        Object[] oldValues = values;
        names = new byte[oldNames.length * 2][];
        values = new Object[names.length];
        for (int i = 0; i < oldNames.length; i++) {
            if (oldNames[i] != null) {
                int slot = hash(oldNames[i], 0, oldNames[i].length) & (names.length - 1);
                while (names[slot] != null) {
                    slot = (slot + 1) & (names.length - 1);
                }
                names[slot] = oldNames[i];
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
