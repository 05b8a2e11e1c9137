package plescope.parser.text;

import org.antlr.v4.runtime.Token;
import plescope.parser.grammar.EightBytes;
import plescope.parser.grammar.TraceLexer;

/**
 * Prefixes that were scanned before: the lines of one thread on one CPU begin with the same bytes, but for the clock's decimals.
 *
 * <p>What the grammar made of such a prefix once it makes of it again: it does not tell one digit of a clock from another, and
 * nothing makes a prefix longer behind which the line went on. So its token and values are taken from here; only the decimals are
 * read. Whatever is not here, or differs in a byte, is scanned.
 */
final class PrefixCache {
    /** Threads times CPUs times flags that are busy at once; others take each other's place. A power of two. */
    private static final int SIZE = 256;

    /** Columns up to here are looked at for the place of a prefix: comm, ids and CPU, and ftrace's flags. */
    private static final int KEY = 40;

    private static final int COMM_COLUMN = 16;
    private static final int MICRO_DIGITS = 6;
    private static final int NANO_DIGITS = 9;
    private static final long NS_PER_US = 1000;
    private static final long NS_PER_S = 1_000_000_000;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** A prefix without its decimals, and its values. */
    private static final class Known {
        /** The bytes up to the decimals, without what makes less than a word. */
        long[] words = {};
        /** The last eight of them. */
        long last;
        /** Where the decimals begin in the line. */
        int decimalsFrom;

        int decimals;
        int type;
        int tid;
        int tgid;
        int pcpu;
        int commFrom;
        int commTo;
        long commLow;
        long commHigh;
        boolean named;
        long secondsNs;

        void set(LineBytes line, int newDecimalsFrom, int newType, Prefix prefix) {
            decimalsFrom = newDecimalsFrom;
            type = newType;
            decimals = prefix.decimals;
            tid = prefix.tid;
            tgid = prefix.tgid;
            pcpu = prefix.pcpu;
            commFrom = prefix.commFrom;
            commTo = prefix.commTo;
            commLow = prefix.commLow;
            commHigh = prefix.commHigh;
            named = prefix.named;
            secondsNs = prefix.clock / NS_PER_S * NS_PER_S;
            int count = decimalsFrom / Long.BYTES;
            if (words.length != count) {
                words = new long[count];
            }
            for (int i = 0; i < count; i++) {
                words[i] = EightBytes.at(line.buffer(), line.offset() + i * Long.BYTES);
            }
            last = EightBytes.at(line.buffer(), line.offset() + decimalsFrom - Long.BYTES);
        }

        boolean begins(byte[] bytes, int from) {
            long[] expected = words;
            for (int i = 0; i < expected.length; i++) {
                if (EightBytes.at(bytes, from + i * Long.BYTES) != expected[i]) {
                    return false;
                }
            }
            return EightBytes.at(bytes, from + decimalsFrom - Long.BYTES) == last;
        }
    }

    private final LineBytes line;
    private final ByteToken token;
    private final Known[] places = new Known[SIZE];
    /** The current line's place, -1 where the line has none. */
    private int place = -1;
    /** The current line's prefix, null where it is not known. */
    private Known current;

    private long decimalsNs;

    PrefixCache(LineBytes line) {
        this.line = line;
        token = new ByteToken(line);
    }

    /** The line's first token, null where its prefix is not known. Behind it the line goes on in the grammar's mode EVENT. */
    ByteToken find() {
        byte[] bytes = line.buffer();
        int from = line.offset();
        current = null;
        if (from + KEY > bytes.length) {
            place = -1;
            return null;
        }
        place = place(bytes, from);
        Known known = places[place];
        if (known == null
                || !known.begins(bytes, from)
                || !readDecimals(bytes, from + known.decimalsFrom, known.decimals)) {
            return null;
        }
        current = known;
        token.set(known.type, 0, known.decimalsFrom + known.decimals);
        return token;
    }

    private static int place(byte[] bytes, int from) {
        long ids = EightBytes.at(bytes, from + COMM_COLUMN);
        long cpu = EightBytes.at(bytes, from + COMM_COLUMN + Long.BYTES);
        long flags = bytes[from + COMM_COLUMN] == '-' ? EightBytes.at(bytes, from + KEY - Long.BYTES) & 0xffffffffL : 0;
        long hash = ((ids * MIX) ^ cpu ^ flags) * MIX;
        return (int) (hash >>> 48) & (SIZE - 1);
    }

    /** False where other bytes than digits and a colon stand there. */
    private boolean readDecimals(byte[] bytes, int from, int decimals) {
        long word = EightBytes.at(bytes, from);
        if (decimals == MICRO_DIGITS) {
            long digits = word << ((Long.BYTES - MICRO_DIGITS) * Byte.SIZE);
            decimalsNs = EightBytes.decimal(digits, MICRO_DIGITS) * NS_PER_US;
            return EightBytes.digitsAtEnd(digits) == MICRO_DIGITS && bytes[from + MICRO_DIGITS] == ':';
        }
        if (EightBytes.digitsAtEnd(word) < Long.BYTES) {
            return false;
        }
        int ninth = bytes[from + Long.BYTES];
        decimalsNs = (EightBytes.decimal(word, Long.BYTES) * 10) + (ninth - '0');
        return FromRight.isDigit(ninth) && bytes[from + NANO_DIGITS] == ':';
    }

    /** Gives the values of the line's prefix; false where it is not known. */
    boolean recall(Prefix prefix) {
        Known known = current;
        if (known == null) {
            return false;
        }
        prefix.tid = known.tid;
        prefix.tgid = known.tgid;
        prefix.pcpu = known.pcpu;
        prefix.clock = known.secondsNs + decimalsNs;
        prefix.decimals = known.decimals;
        prefix.commFrom = known.commFrom;
        prefix.commTo = known.commTo;
        prefix.commLow = known.commLow;
        prefix.commHigh = known.commHigh;
        prefix.named = known.named;
        return true;
    }

    /** Keeps the values that a prefix at the tool's own columns was found to have. */
    void remember(Token read, Prefix prefix) {
        int decimalsFrom = read.getStopIndex() - prefix.decimals;
        boolean bounded = line.at(decimalsFrom - 1) == '.' && read.getStopIndex() + 1 < line.size();
        if (place >= 0 && bounded && isLasting(read.getType(), prefix)) {
            if (places[place] == null) {
                places[place] = new Known();
            }
            places[place].set(line, decimalsFrom, read.getType(), prefix);
        }
    }

    private static boolean isLasting(int type, Prefix prefix) {
        return (type == TraceLexer.PERF_PREFIX || type == TraceLexer.FTRACE_PREFIX)
                && (prefix.decimals == MICRO_DIGITS || prefix.decimals == NANO_DIGITS)
                && prefix.clock >= 0;
    }
}
